import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../../../clock/manual-clock.js';
import { transact } from '../../../../database/transaction.js';
import { useDatabase } from '../../../../testing/database.js';
import { specLibrary } from '../../../../testing/media.library.js';
import { Places } from '../../../cluster/places.js';
import type { MediaCapability, MediaReference } from '../../engines/media.js';
import { makeAccount } from '../../testing/account.builder.js';
import { eventually } from '../../testing/eventually.js';
import { TransferDesk } from './transfer.desk.js';
import { type DownloadStep, writeDownloads } from './transfer.writer.js';
import { Transfers } from './transfers.js';

const database = useDatabase();
let accountId: string;

beforeAll(async () => {
  ({ id: accountId } = await makeAccount(database, { linked: true }));
});

/** Tells what it was asked to wait for. */
class AskedClock extends ManualClock {
  readonly delays: number[] = [];

  override setTimeout(task: () => void, delayMs: number) {
    this.delays.push(delayMs);
    return super.setTimeout(task, delayMs);
  }
}

const REFERENCE = { type: 'document', path: '/v/1', size: null } as MediaReference;

/** A file that came with a message. */
async function waiting(now: Date): Promise<string> {
  const id = randomUUID();
  await database.pool.query(
    `insert into mkt_wap_media (id, account_id, origin, state, mime, reference, next_attempt_at, created_at, updated_at)
     values ($1, $2, 'in', 'pending', 'text/plain', 'sealed', $3, $3, $3)`,
    [id, accountId, now],
  );
  return id;
}
const rowOf = async (id: string) =>
  (await database.pool.query('select state, next_attempt_at from mkt_wap_media where id = $1', [id])).rows[0];

it('tries again at the very time that a row names, and not at the next look around', async () => {
  const clock = new AskedClock('2030-01-01T00:00:00.000Z');
  const steps: DownloadStep[] = [];
  let tries = 0;
  // The media host is out of reach at first.
  const download: MediaCapability['download'] = async (_reference, sink) => {
    tries += 1;
    if (tries === 1) return { ok: false, code: 'unreachable', detail: 'away' };
    await sink(
      (async function* () {
        yield Buffer.from('here');
      })(),
    );
    return { ok: true };
  };
  const transfers = new Transfers({
    accountId,
    sql: database.pool,
    desk: new TransferDesk(database.pool, clock),
    engine: { download } as MediaCapability,
    library: specLibrary(database),
    places: new Places(1),
    seal: () => Buffer.from('sealed'),
    unseal: () => REFERENCE,
    clock,
    random: () => 1,
    record: (step) => void steps.push(step),
    recordUpload: () => undefined,
    durable: () => transact(database.pool, (sql) => writeDownloads(sql, steps.splice(0), clock.now())),
    uploaded: () => undefined,
    failed: (error) => expect.fail(String(error)),
  });
  const id = await waiting(clock.now());
  transfers.wake();
  await eventually(async () =>
    expect((await rowOf(id)).next_attempt_at).toEqual(new Date(clock.now().getTime() + 5_000)),
  );
  await eventually(() => expect(clock.delays.at(-1)).toBe(5_000));
  clock.advance(4_999);
  expect(tries).toBe(1);
  clock.advance(1);
  await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'ready' }));
  expect(tries).toBe(2);
  transfers.stop();
});
