/**
 * A journal that cannot be read ends the connection. A message whose records are out of reach stays without an answer, and
 * the server brings it again only to a connection that comes after this one.
 */
import type { SessionJournal } from '../../../sessions/journal.js';

export function guardJournal(journal: SessionJournal, unreadable: () => void): SessionJournal {
  return {
    async get(kind, ids) {
      try {
        return await journal.get(kind, ids);
      } catch (error) {
        unreadable();
        throw error;
      }
    },
    put: (kind, id, value) => journal.put(kind, id, value),
    emit: (event) => journal.emit(event),
    pass: (release) => journal.pass(release),
    settled: () => journal.settled(),
  };
}
