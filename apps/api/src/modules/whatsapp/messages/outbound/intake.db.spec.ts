import { randomUUID } from 'node:crypto';
import { ERROR_CODES, type MessageSend } from '@trunkline/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../clock/clock.js';
import { ManualClock } from '../../../../clock/manual-clock.js';
import { transact } from '../../../../database/transaction.js';
import { useDatabase } from '../../../../testing/database.js';
import { systemCtx } from '../../../auth/ctx.js';
import { Notifier } from '../../../cluster/notifier.repository.js';
import { makeAccount } from '../../testing/account.builder.js';
import { lockWaits } from '../../../../testing/lock.waits.js';
import { MessageService } from '../message.service.js';
import { orderOf } from './draft.js';
import { forgetIdempotencyKeys } from './idempotency.repository.js';
import { acceptOrders } from './intake.js';
import { QueueGauge } from './queue.gauge.js';

const database = useDatabase();
const ctx = systemCtx('spec');

describe('accepting messages', () => {
  let messages: MessageService;
  let accountId: string;
  beforeAll(async () => {
    messages = new MessageService(database, systemClock, new Notifier(database.pool));
    accountId = (await makeAccount(database, { linked: true })).id;
  });

  const to = (n: number): string => `+999${String(n).padStart(10, '0')}`;
  const message = (n: number, over: Partial<MessageSend> = {}): MessageSend => ({
    accountId,
    to: to(n),
    text: `m${n}`,
    ...over,
  });
  const batch = (...items: [MessageSend, string?][]) =>
    messages.sendBatch(ctx, { messages: items.map(([one, idempotencyKey]) => ({ message: one, idempotencyKey })) });
  const count = async () =>
    (await database.pool.query('select count(*) as n from mkt_wap_messages where account_id = $1', [accountId])).rows[0]
      .n;

  it('gives each of a batch its own fate, in the order of the request', async () => {
    const { batchId, items } = await batch(
      [message(1)],
      [message(2, { to: '0812' })],
      [message(3, { accountId: randomUUID() })],
      [message(1, { text: 'second' })],
      [{ accountId, chatId: randomUUID(), text: 'x' }],
      [message(4, { quotedMessageId: randomUUID() })],
    );
    expect(items.map(({ error }) => error?.code)).toEqual([
      undefined,
      'recipient_invalid',
      'not_found',
      undefined,
      'not_found',
      'not_found',
    ]);
    const [first, second] = [items[0]!.message!, items[3]!.message!];
    expect(first).toMatchObject({ batchId, status: 'queued' });
    expect(second.chatId).toBe(first.chatId);
    expect(Number(second.ordinal)).toBeGreaterThan(Number(first.ordinal));
  });

  it('answers known keys with what they stand for, also twice in one batch, and refuses another body', async () => {
    const first = await batch([message(10), 'a'], [message(11), 'b'], [message(10), 'a'], [message(12), 'b']);
    const [a, b, again, conflict] = first.items;
    expect(again).toMatchObject({ replayed: true, message: { id: a!.message!.id } });
    expect(conflict!.error?.code).toBe('idempotency_conflict');
    const second = await batch([message(11), 'b'], [message(10), 'a'], [message(13), 'c']);
    expect(second.items.map((item) => [item.message!.id, item.replayed])).toEqual([
      [b!.message!.id, true],
      [a!.message!.id, true],
      [expect.any(String), false],
    ]);
    expect((await batch([message(10), 'a'])).batchId).toBeNull();
    const [other] = (await batch([message(12), 'b'])).items;
    expect(other).toMatchObject({ message: null, error: { code: 'idempotency_conflict' } });
  });

  it('answers a key also when the account is not linked any more', async () => {
    const gone = (await makeAccount(database, { linked: true })).id;
    const { items } = await batch([message(1, { accountId: gone }), 'k']);
    await database.pool.query('update mkt_wap_accounts set linked = false where id = $1', [gone]);
    const again = await batch([message(1, { accountId: gone }), 'k'], [message(2, { accountId: gone }), 'l']);
    expect(again.items[0]).toMatchObject({ replayed: true, message: { id: items[0]!.message!.id } });
    expect(again.items[1]!.error?.code).toBe('account_not_linked');
  });

  it('gives a key back whose message was refused', async () => {
    const wrong = message(20, { quotedMessageId: randomUUID() });
    expect((await batch([wrong, 'mended'])).items[0]!.error?.code).toBe('not_found');
    expect((await batch([message(20), 'mended'])).items[0]).toMatchObject({ replayed: false, error: null });
  });

  it('lets the second request with a key wait for the first, and takes over when that is given up', async () => {
    const order = orderOf(message(30), 'in flight');
    const start = { ctx, now: new Date(), batchId: null, room: () => 1 };
    let second: Promise<unknown> | undefined;
    const first = transact(database.pool, async (sql) => {
      await acceptOrders(sql, [order], start);
      let settled = false;
      second = messages.accept(ctx, order).finally(() => (settled = true));
      await waitsForALock();
      expect(settled).toBe(false);
      throw new Error('given up');
    });
    await expect(first).rejects.toThrow('given up');
    expect(await second).toMatchObject({ replayed: false });
  });

  async function waitsForALock(count = 1): Promise<void> {
    await expect.poll(() => lockWaits(database.pool)).toBeGreaterThanOrEqual(count);
  }

  it('answers the second request with what the first made, when that was in flight and is stored', async () => {
    const order = orderOf(message(31), 'in flight too');
    const start = { ctx, now: new Date(), batchId: null, room: () => 1 };
    let second: ReturnType<typeof messages.accept> | undefined;
    const [first] = await transact(database.pool, async (sql) => {
      const made = await acceptOrders(sql, [order], start);
      second = messages.accept(ctx, order);
      await waitsForALock();
      return made;
    });
    const id = (first as { message: { id: string } }).message.id;
    expect(await second).toMatchObject({ replayed: true, message: { id } });
  });

  it('keeps a key to who asked and to its account', async () => {
    const other = { ...ctx, actor: { ...ctx.actor, id: 'somebody else' } };
    const first = await messages.send(ctx, message(32), 'shared');
    const second = await messages.send(other, message(32), 'shared');
    expect(second).toMatchObject({ replayed: false });
    expect(second.message.id).not.toBe(first.message.id);
    const elsewhere = (await makeAccount(database, { linked: true })).id;
    expect((await messages.send(ctx, message(32, { accountId: elsewhere }), 'shared')).replayed).toBe(false);
  });

  it('does not let two batches wait for each other, whatever the order of their keys', async () => {
    const keys = Array.from({ length: 50 }, (_, i) => `cross-${i}`);
    const items = keys.map((key, i): [MessageSend, string] => [message(100 + i), key]);
    const before = await count();
    const both = await Promise.all([batch(...items), batch(...items.toReversed()), batch(...items)]);
    expect(await count()).toBe(before + 50);
    const ids = both.map(({ items: answered }) => new Set(answered.map((item) => item.message!.id)));
    for (const set of ids) expect(set).toEqual(ids[0]);
  });

  it('takes the keys of a batch in one order for everybody, whatever a third one has in flight', async () => {
    const keys = Array.from({ length: 20 }, (_, i) => `order-${String(i).padStart(2, '0')}`);
    const items = keys.map((key, i): [MessageSend, string] => [message(200 + i), key]);
    const start = { ctx, now: new Date(), batchId: null, room: () => 1 };
    let both: ReturnType<typeof batch>[] = [];
    const third = transact(database.pool, async (sql) => {
      await acceptOrders(sql, [orderOf(message(210), keys[10]!)], start);
      // Unsorted each would take half of the keys up to that one, and then wait for the other's half.
      both = [batch(...items), batch(...items.toReversed())];
      await waitsForALock(2);
      throw new Error('given up');
    });
    await expect(third).rejects.toThrow('given up');
    const [first, second] = await Promise.all(both);
    const ids = (answered: typeof first) => answered!.items.map((item) => item.message?.id);
    expect(ids(second).toReversed()).toEqual(ids(first));
  });

  it('forgets keys after seven days, and not before', async () => {
    await batch([message(40), 'old']);
    const kept = async () =>
      (await database.pool.query(`select from mkt_wap_idempotency_keys where key = 'old'`)).rowCount;
    const day = 24 * 3_600_000;
    await forgetIdempotencyKeys(database.pool, new Date(Date.now() + 7 * day - 60_000));
    expect(await kept()).toBe(1);
    await forgetIdempotencyKeys(database.pool, new Date(Date.now() + 7 * day + 60_000));
    expect(await kept()).toBe(0);
  });

  it('takes a thousand of them in one call, and knows each of them again', async () => {
    const items = Array.from({ length: 1_000 }, (_, i): [MessageSend, string] => [message(5_000 + i), `k${i}`]);
    const { items: answered } = await batch(...items);
    expect(answered.every(({ error }) => error === null)).toBe(true);
    expect(answered.some(({ replayed }) => replayed)).toBe(false);
    expect((await batch(...items)).items.every(({ replayed }) => replayed)).toBe(true);
  });

  it('says queue_full (429) and when to come back, instead of taking more than the queue holds, and takes more when it has room', async () => {
    const full = (await makeAccount(database, { linked: true })).id;
    const clock = new ManualClock();
    const small = new MessageService(database, systemClock, new Notifier(database.pool), new QueueGauge(clock, 5));
    const ask = (n: number) => small.send(ctx, message(n, { accountId: full }));
    for (let n = 0; n < 3; n += 1) await ask(n);
    const { items } = await small.sendBatch(ctx, {
      messages: [3, 4, 5, 6].map((n) => ({ message: message(n, { accountId: full }) })),
    });
    expect(items.map(({ error }) => error?.code)).toEqual([undefined, undefined, 'queue_full', 'queue_full']);
    await expect(ask(7)).rejects.toMatchObject({ code: 'queue_full', retryAfterSeconds: expect.any(Number) });
    expect(ERROR_CODES.queue_full).toBe(429);
    // Another account has room.
    const other = (await makeAccount(database, { linked: true })).id;
    await expect(small.send(ctx, message(8, { accountId: other }))).resolves.toMatchObject({ replayed: false });
    await database.pool.query(`update mkt_wap_messages set outbox = null where account_id = $1`, [full]);
    clock.advance(11_000);
    await expect(ask(9)).resolves.toMatchObject({ replayed: false });
  });
});
