import { createBaileysEngine } from '../../engines/baileys/baileys.engine.js';
import { DetachedJournal } from '../../sessions/detached.journal.js';
import { readAllRecords } from '../../sessions/record.repository.js';
import type { Cell } from './cell.js';

/** Somebody has a copy of the session, and uses it. Resolves when they are in. */
export async function openRival(cell: Cell): Promise<void> {
  const { world, id } = cell;
  const sealed = await readAllRecords(world.store.pool, id);
  const records = new Map(
    sealed.map(({ sealed: value, ...place }) => [`${place.kind} ${place.id}`, world.vault.open(place, value)]),
  );
  await new Promise<void>((resolve) => {
    const journal = new DetachedJournal(records, ({ type }) => (type === 'open' || type === 'closed') && resolve());
    const endpoint = { url: world.sandbox.url };
    const rival = createBaileysEngine().open({ accountId: id, network: 'sandbox', journal, endpoint, linked: true });
    cell.after(() => rival.disconnect());
    rival.connect();
  });
}
