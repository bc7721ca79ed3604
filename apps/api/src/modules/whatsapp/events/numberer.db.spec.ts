import { afterEach, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { systemClock } from '../../../clock/clock.js';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Listener } from '../../cluster/listener.repository.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from './event.log.repository.js';
import { EventReader } from './event.reader.repository.js';
import { numberEvents } from './numberer.repository.js';
import { Numberer } from './numberer.js';

const ctx = systemCtx('spec');
const event = (accountId: string) => newEvent('account.deleted', accountId, { accountId }, new Date());

describe('the numberer', () => {
  const database = useDatabase();
  const stops: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  const numberer = async () => {
    const listener = new Listener(database.url, systemClock);
    await listener.start();
    const notifier = new Notifier(database.pool);
    const running = new Numberer({ store: database, listener, notifier, clock: systemClock });
    stops.push(
      () => listener.stop(),
      () => running.stop(),
      () => notifier.flushed(),
    );
    return { running, notifier };
  };
  const writer = async (accounts: string[], n: number, wake: () => void) => {
    for (let i = 0; i < n; i += 1) {
      await transact(database.pool, (sql) => appendEvents(sql, [event(accounts[i % accounts.length]!)]));
      wake();
    }
  };
  const readAll = async (after: number, upTo: () => boolean) => {
    const reader = new EventReader(database.pool);
    const seen: { position: number; accountId: string | null; sequence: number | null }[] = [];
    let cursor = after;
    for (;;) {
      const done = upTo() && (await unnumbered()) === 0;
      const batch = await reader.read(ctx, { after: cursor, limit: 50 });
      if (batch.gone) throw new Error('gone');
      seen.push(...batch.events);
      cursor = batch.scannedTo;
      if (done && batch.events.length === 0) return seen;
    }
  };
  const unnumbered = async () =>
    (await database.pool.query('select count(*) as n from mkt_wap_events where position is null')).rows[0].n;

  it('orders what 8 writers write, with a transaction open elsewhere and a second numberer, and skips nothing', async () => {
    const { notifier } = await numberer();
    const other = new Numberer({
      store: database,
      listener: new Listener(database.url, systemClock),
      notifier,
      clock: systemClock,
    });
    stops.push(() => other.stop());
    const open = await database.pool.connect();
    await open.query('begin');
    await appendEvents(open, [event(uuid())]);
    const accounts = Array.from({ length: 5 }, () => uuid());
    let done = false;
    const writing = Promise.all(
      Array.from({ length: 8 }, () => writer(accounts, 60, () => notifier.wake('unnumbered'))),
    ).then(() => (done = true));
    const harm = Promise.all(Array.from({ length: 20 }, () => numberEvents(database, 7)));
    const seen = await readAll(0, () => done);
    await Promise.all([writing, harm]);

    expect(seen.map(({ position }) => position)).toEqual(Array.from({ length: 480 }, (_, i) => i + 1));
    for (const account of accounts) {
      const sequences = seen.filter(({ accountId }) => accountId === account).map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.map((_, i) => i + 1));
    }
    await open.query('commit');
    open.release();
    notifier.wake('unnumbered');
    const late = await readAll(480, () => true);
    expect(late.map(({ position }) => position)).toEqual([481]);
  });

  it('keeps the order of one writer', async () => {
    const { notifier } = await numberer();
    const account = uuid();
    const reader = new EventReader(database.pool);
    const before = await reader.head();
    const events = Array.from({ length: 30 }, (_, i) =>
      newEvent('account.error', account, { message: String(i), reason: 'none', action: null }, new Date()),
    );
    for (const each of events) {
      await transact(database.pool, (sql) => appendEvents(sql, [each]));
      notifier.wake('unnumbered');
    }
    const seen = await readAll(before, () => true);
    expect(seen.map((each) => (each as unknown as { payload: { message: string } }).payload.message)).toEqual(
      events.map((_, i) => String(i)),
    );
  });

  it('tells a consumer what it scanned, and one that is too far back that it must load afresh', async () => {
    const reader = new EventReader(database.pool);
    const head = await reader.head();
    const own = uuid();
    await appendEvents(database.pool, [event(uuid()), event(own), event(uuid())]);
    await numberEvents(database, 1000);
    const limited = { ...ctx, accounts: [own] };
    const batch = await reader.read(limited, { after: head, limit: 10 });
    expect(batch).toMatchObject({ gone: false, scannedTo: head + 3, head: head + 3 });
    expect(batch.gone === false && batch.events.map(({ accountId }) => accountId)).toEqual([own]);
    await database.pool.query('delete from mkt_wap_events where position < 100');
    expect(await reader.read(ctx, { after: 5, limit: 10 })).toEqual({ gone: true, head: head + 3 });
    expect(await reader.read(ctx, { after: head + 99, limit: 10 })).toEqual({ gone: true, head: head + 3 });
    expect((await reader.read(ctx, { after: 99, limit: 10 })).gone).toBe(false);
  });
});
