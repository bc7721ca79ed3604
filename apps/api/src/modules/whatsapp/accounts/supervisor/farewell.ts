import { readLastArchive } from '../../sessions/generation.repository.js';
import { DetachedJournal } from '../../sessions/detached.journal.js';
import type { SupervisorParts } from './parts.js';

/** Connecting and saying goodbye may take this long; then the phone's owner has to remove the device by hand. */
const WITHIN_MS = 30_000;

/**
 * Unlinks a device that is not connected, when its account is reset or removed: the session, put away already, logs in once
 * more, says that it leaves, and ends. Nobody waits for it, and nothing it does is kept. Resolves when all is over.
 */
export async function sayFarewell(parts: SupervisorParts, abandoned: AbortSignal): Promise<void> {
  const { row, journal, store, vault, engine, lines, clock } = parts;
  await journal.settled();
  const records = await readLastArchive(store.pool, vault, row.id);
  if (!records || abandoned.aborted) return;
  const line = await lines.of(row.id);
  const endpoint = { ...parts.endpoint, version: await parts.versions.current() };
  if (abandoned.aborted) return;
  await new Promise<void>((resolve) => {
    const detached = new DetachedJournal(records, ({ type }) => {
      if (type === 'open') void session.logout().finally(end);
      if (type === 'closed') end();
    });
    const { id: accountId, network } = row;
    const session = engine.open({ accountId, network, journal: detached, endpoint, line, linked: true });
    const cancel = clock.setTimeout(end, WITHIN_MS);
    abandoned.addEventListener('abort', end, { once: true });
    function end(): void {
      cancel();
      detached.close();
      abandoned.removeEventListener('abort', end);
      void session.disconnect().finally(resolve);
    }
    session.connect();
  });
}
