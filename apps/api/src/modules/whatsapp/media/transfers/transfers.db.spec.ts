import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { ManualClock } from '../../../../clock/manual-clock.js';
import { transact } from '../../../../database/transaction.js';
import { useDatabase } from '../../../../testing/database.js';
import { specLibrary } from '../../../../testing/media.library.js';
import { systemCtx } from '../../../auth/ctx.js';
import { Places } from '../../../cluster/places.js';
import type { MediaCapability, MediaReference, MediaSink } from '../../engines/media.js';
import { makeAccount } from '../../testing/account.builder.js';
import { eventually } from '../../testing/eventually.js';
import { inboundMessage, receiveInbound } from '../../testing/inbound.builder.js';
import { wantAgain } from '../media.repository.js';
import { TransferDesk } from './transfer.desk.js';
import { type DownloadStep, type UploadStep, writeDownloads, writeUploads } from './transfer.writer.js';
import { type TransferParts, Transfers } from './transfers.js';

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
  const message = inboundMessage();
  await receiveInbound(database, accountId, [message]);
  await database.pool.query(
    `insert into mkt_wap_media (id, account_id, message_id, origin, state, mime, reference, next_attempt_at, created_at, updated_at)
     select $1, m.account_id, m.id, 'in', 'pending', 'text/plain', 'sealed', $3, $3, $3
     from mkt_wap_messages m where m.wa_id = $2`,
    [id, message.waId, now],
  );
  return id;
}
const rowOf = async (id: string) =>
  (await database.pool.query('select state, problem, next_attempt_at from mkt_wap_media where id = $1', [id])).rows[0];

/** Of an engine that transfers as the case says. */
function transfersOver(
  engine: Partial<MediaCapability>,
  clock: ManualClock,
  over: Partial<TransferParts> = {},
): Transfers {
  const steps: DownloadStep[] = [];
  const uploads: UploadStep[] = [];
  return new Transfers({
    accountId,
    sql: database.pool,
    desk: new TransferDesk(database.pool, clock),
    engine: engine as MediaCapability,
    library: specLibrary(database),
    places: new Places(1),
    seal: () => Buffer.from('sealed'),
    unseal: () => REFERENCE,
    clock,
    random: () => 1,
    record: (step) => void steps.push(step),
    recordUpload: (step) => void uploads.push(step),
    durable: () =>
      transact(database.pool, async (sql) => {
        await writeDownloads(sql, steps.splice(0), clock.now());
        await writeUploads(sql, uploads.splice(0), clock.now());
      }),
    uploaded: () => undefined,
    failed: (error) => expect.fail(String(error)),
    ...over,
  });
}

const hand: (sink: MediaSink) => Promise<{ ok: true }> = async (sink) => {
  await sink(
    (async function* () {
      yield Buffer.from('here');
    })(),
  );
  return { ok: true };
};

it('tries again at the very time that a row names, and not at the next look around', async () => {
  const clock = new AskedClock('2030-01-01T00:00:00.000Z');
  let tries = 0;
  // The media host is out of reach at first.
  const download: MediaCapability['download'] = async (_reference, sink) => {
    tries += 1;
    return tries === 1 ? { ok: false, code: 'unreachable', detail: 'away' } : hand(sink);
  };
  const transfers = transfersOver({ download }, clock);
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

/** The hosts have lost the file, and the phone is off when it is asked for the first `times`. */
function lost(times: number) {
  const asked: Date[] = [];
  const clock = new ManualClock('2031-01-01T00:00:00.000Z');
  const isBack = () => asked.length > times;
  const download: MediaCapability['download'] = async (_reference, sink) =>
    isBack() ? hand(sink) : { ok: false, code: 'gone', detail: '404' };
  const askAgain: MediaCapability['askAgain'] = async () => {
    asked.push(clock.now());
    return isBack() ? { ok: true, path: '/v/2' } : { ok: false, code: 'phone_silent', detail: 'off' };
  };
  /** Turned by an hour when the phone has been asked for this one time more, and the row says that it waits. */
  const hours = async (id: string, many: number) => {
    for (let hour = 1; hour <= many; hour += 1) {
      const due = new Date(clock.now().getTime() + 3_600_000);
      await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'pending', next_attempt_at: due }));
      clock.advance(3_600_000);
      transfers.wake();
    }
  };
  const transfers = transfersOver({ download, askAgain }, clock);
  return { asked, clock, transfers, hours };
}

it('asks a phone that is off once an hour, says so meanwhile, and has the file when it is back', async () => {
  const { asked, clock, transfers, hours } = lost(20);
  const id = await waiting(clock.now());
  transfers.wake();
  await hours(id, 1);
  await eventually(async () => expect((await rowOf(id)).problem).toContain('has not answered yet'));
  await hours(id, 19);
  await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'ready', problem: null }));
  expect(asked).toHaveLength(21);
  transfers.stop();
});

it('gives up after a day of asking, and begins anew when a person wants it', async () => {
  const { asked, clock, transfers, hours } = lost(24);
  const id = await waiting(clock.now());
  transfers.wake();
  await hours(id, 24);
  await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'gone' }));
  expect(asked).toHaveLength(24);
  await transact(database.pool, (sql) => wantAgain(sql, systemCtx('spec'), id, clock.now()));
  transfers.wake();
  await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'ready' }));
  transfers.stop();
});

it('is asked for at once when a person does not want to wait for the hour', async () => {
  const { asked, clock, transfers } = lost(1);
  const id = await waiting(clock.now());
  transfers.wake();
  const due = new Date(clock.now().getTime() + 3_600_000);
  await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'pending', next_attempt_at: due }));
  await transact(database.pool, (sql) => wantAgain(sql, systemCtx('spec'), id, clock.now()));
  transfers.wake();
  await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'ready' }));
  expect(asked).toHaveLength(2);
  transfers.stop();
});

it('waits, as for a host that is away, when it is ours that fails: a seal that does not open, a file that is not in the store', async () => {
  const clock = new ManualClock('2032-01-01T00:00:00.000Z');
  const failures: unknown[] = [];
  // Reads what it is to send, as an engine does.
  const upload: MediaCapability['upload'] = async ({ open }) => {
    for await (const _ of open());
    return expect.fail('there is nothing to send');
  };
  const transfers = transfersOver({ upload }, clock, {
    unseal: () => {
      throw new Error('the seal does not open');
    },
    failed: (error) => void failures.push(error),
  });
  const [lockedUp, missing] = [await waiting(clock.now()), await waiting(clock.now())];
  await database.pool.query(`update mkt_wap_media set state = 'ready', sha256 = $2 where id = $1`, [
    missing,
    '0'.repeat(64),
  ]);
  await database.pool.query(
    `insert into mkt_wap_media_uploads (media_id, type, account_id, state, next_attempt_at)
     values ($1, 'document', $2, 'pending', $3)`,
    [missing, accountId, clock.now()],
  );
  transfers.wake();
  const soon = new Date(clock.now().getTime() + 5_000);
  await eventually(async () =>
    expect(await rowOf(lockedUp)).toMatchObject({ state: 'pending', next_attempt_at: soon }),
  );
  await eventually(async () => {
    const { rows } = await database.pool.query(
      'select state, next_attempt_at from mkt_wap_media_uploads where media_id = $1',
      [missing],
    );
    expect(rows).toEqual([{ state: 'pending', next_attempt_at: soon }]);
  });
  expect(failures.map(String)).toEqual([
    expect.stringContaining('missing in the store'),
    expect.stringContaining('the seal'),
  ]);
  transfers.stop();
});
