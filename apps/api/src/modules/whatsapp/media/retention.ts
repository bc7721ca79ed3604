import type { Media } from '@trunkline/contracts';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { bytesKept } from './files/file.repository.js';
import type { MediaLibrary } from './files/library.js';
import { deleteUnsent, removeOlder, removeOldest } from './retention.repository.js';

const DAY_MS = 24 * 3_600_000;

/**
 * A duty of one process: removes what is too old, then the oldest while there is too much, then the files that nobody names
 * any more. Answers how many media people are to be told of.
 */
export async function retainMedia(store: Pick<Store, 'pool'>, library: MediaLibrary, now: Date): Promise<number> {
  const { keepDays, quotaBytes } = library.settings;
  await deleteUnsent(store.pool, now);
  const removed = await transact(store.pool, async (sql) => {
    const gone: Media[] = [];
    if (keepDays > 0) {
      const why = `It was removed here after ${keepDays} days.`;
      gone.push(...(await removeOlder(sql, new Date(now.getTime() - keepDays * DAY_MS), why, now)));
    }
    const over = quotaBytes > 0 ? (await bytesKept(sql)) - quotaBytes : 0;
    if (over > 0)
      gone.push(...(await removeOldest(sql, over, 'It was removed here to make room for newer files.', now)));
    await appendEvents(
      sql,
      gone.map((media) => newEvent('media.updated', media.accountId, { media }, now)),
    );
    return gone.length;
  });
  await library.sweep(now);
  return removed;
}
