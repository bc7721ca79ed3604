/** Messages between the API and the wire, with workers whose engine is scripted: taken back, run out, scheduled, sent again. */
import type { Message, MessageSend } from '@trunkline/contracts';
import { MESSAGING_DEFAULTS } from '@trunkline/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { MessagingService } from '../../accounts/messaging/messaging.service.js';
import type { PhoneDigits } from '../../jid.js';
import type { ScriptedSession } from '../../testing/scripted.engine.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../../testing/worker.world.js';

describe('the outbox', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  let id: string;
  beforeEach(async () => {
    ({ world, running } = await freshWorld(database));
    id = await world.link(running);
  });
  afterEach(() => world.stop());

  const send = async (text: string, more: Partial<MessageSend> = {}) =>
    (await world.messages.send(ctx, { accountId: id, to: '+9991112223', text, ...more })).message;
  const read = (message: Message) => world.messages.read(ctx, message.id);
  const inMs = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
  const status = (message: Message, expected: string) =>
    world.until(async () => expect((await read(message)).status).toBe(expected));
  const live = () => world.session(running, id);
  const reconnected = (old: ScriptedSession) =>
    world.until(() => {
      const session = running.engine.live(id);
      expect(session && session !== old).toBe(true);
      return session!;
    });

  it('takes a message back that waits, and says when it is too late', async () => {
    await world.accounts.disconnect(ctx, id);
    const [kept, taken] = [await send('kept'), await send('taken back')];
    const cancelled = await world.turning(world.outbox.cancel(ctx, taken.id));
    expect(cancelled).toMatchObject({ status: 'cancelled', cancelledAt: expect.any(String), queuedReason: null });
    expect(await world.outbox.cancel(ctx, taken.id)).toEqual(cancelled);
    await world.accounts.initialize(ctx, id);
    const session = await live();
    await world.until(() => expect(session.frames).toEqual([kept.waId]));
    await status(kept, 'sending');
    await expect(world.outbox.cancel(ctx, kept.id)).rejects.toMatchObject({ code: 'message_not_cancellable' });
  });

  it('never lets a message leave that it said was taken back, however close the two come', async () => {
    const session = await live();
    const sent = await Promise.all(Array.from({ length: 40 }, (_, i) => send(`m${i}`, { to: `+99911122${i + 10}` })));
    const outcomes = await world.turning(
      Promise.all(
        sent.map((message) =>
          world.outbox.cancel(ctx, message.id).then(
            ({ waId }) => waId,
            () => null,
          ),
        ),
      ),
    );
    const cancelled = outcomes.filter((waId) => waId !== null);
    const left = sent.map(({ waId }) => waId).filter((waId) => !cancelled.includes(waId));
    await world.until(() => expect(session.frames.toSorted()).toEqual(left.toSorted()));
    for (const waId of cancelled) expect(session.frames).not.toContain(waId);
  });

  it('takes a whole batch back, but for what has begun to leave', async () => {
    await world.accounts.disconnect(ctx, id);
    const messages = Array.from({ length: 30 }, (_, i) => ({
      message: { accountId: id, to: '+9991112223', text: `${i}` },
    }));
    const { batchId } = await world.messages.sendBatch(ctx, { messages });
    const other = await send('not of the batch');
    expect(await world.outbox.readBatch(ctx, batchId!)).toEqual({ batchId, total: 30, statuses: { queued: 30 } });
    const done = await world.turning(world.outbox.cancelBatch(ctx, batchId!));
    expect(done).toEqual({ batchId, total: 30, statuses: { cancelled: 30 }, cancelled: 30 });
    expect((await world.turning(world.outbox.cancelBatch(ctx, batchId!))).cancelled).toBe(0);
    expect((await read(other)).status).toBe('queued');
    const stranger = { ...ctx, accounts: [] };
    await expect(world.outbox.cancelBatch(stranger, batchId!)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets a message wait for its time, and then sends it behind what was sent meanwhile', async () => {
    const session = await live();
    const later = await send('later', { notBefore: inMs(3_600_000) });
    expect(later).toMatchObject({ status: 'queued', queuedReason: 'scheduled' });
    const now = await send('now');
    await world.until(() => expect(session.frames).toEqual([now.waId]));
    session.ack(now.waId);
    await status(now, 'sent');
    world.clock.advance(3_600_000);
    await world.tidy();
    await world.until(() => expect(session.frames).toEqual([now.waId, later.waId]));
    const ripe = await read(later);
    expect(Number(ripe.ordinal)).toBeGreaterThan(Number(now.ordinal));
    expect((await world.events(id)).filter((event) => event === 'message.updated')).toHaveLength(1);
  });

  it('lets a message run out whose time is over, owned or not, and never sends it', async () => {
    await world.accounts.disconnect(ctx, id);
    const [unowned, owned] = [
      await send('a', { notAfter: inMs(60_000) }),
      await send('b', { notAfter: inMs(7_200_000) }),
    ];
    await world.rest(id);
    world.clock.advance(60_000);
    await world.tidy();
    expect(await read(unowned)).toMatchObject({ status: 'expired', expiredAt: expect.any(String) });
    running.engine.onConnect = () => undefined; // It stays connecting.
    const initialized = world.accounts.initialize(ctx, id);
    await world.session(running, id);
    await initialized;
    world.clock.advance(7_200_000);
    await status(owned, 'expired');
  });

  it('refuses a time that is over already, and an end before the beginning', async () => {
    const session = await live();
    const late = await send('late', { notAfter: inMs(-1) });
    await status(late, 'expired');
    expect(session.frames).toEqual([]);
  });

  it('sends a failed message again as a new one, once, and nothing that may have arrived', async () => {
    const session = await live();
    const failed = await send('again');
    await world.until(() => expect(session.frames).toHaveLength(1));
    session.emit({
      type: 'message-ack',
      waId: failed.waId,
      at: null,
      failure: { code: 'recipient_blocked', detail: '403' },
    });
    await status(failed, 'failed');
    const both = await Promise.all([world.outbox.retry(ctx, failed.id), world.outbox.retry(ctx, failed.id)]);
    const [{ message }] = both;
    expect(new Set(both.map((sent) => sent.message.id)).size).toBe(1);
    expect(message).toMatchObject({ retryOf: failed.id, chatId: failed.chatId, content: failed.content });
    expect(message.waId).not.toBe(failed.waId);
    await world.until(() => expect(session.frames).toEqual([failed.waId, message.waId]));
    await expect(world.outbox.retry(ctx, message.id)).rejects.toMatchObject({ code: 'message_not_retryable' });
    expect((await world.outbox.retry(ctx, failed.id)).replayed).toBe(true);
  });

  it('sends again what may be seen once as that, and types before it where that was asked for', async () => {
    const failed = await send('once');
    await database.pool.query(
      `update mkt_wap_messages set status = 'failed', outbox = null, view_once = true, typing = true where id = $1`,
      [failed.id],
    );
    const { message } = await world.outbox.retry(ctx, failed.id);
    expect(message).toMatchObject({ retryOf: failed.id, viewOnce: true });
    const { rows } = await database.pool.query('select typing from mkt_wap_messages where id = $1', [message.id]);
    expect(rows).toEqual([{ typing: true }]);
  });

  it('does not send again what has run out since it left', async () => {
    const session = await live();
    const message = await send('until then', { notAfter: inMs(60_000) });
    await world.until(() => expect(session.frames).toEqual([message.waId]));
    await status(message, 'sending');
    running.engine.onConnect = (each) => each.close('network_unreachable');
    session.close('connection_lost');
    await world.state(id, { connection: 'reconnecting', reason: 'network_unreachable' });
    await world.pass(61);
    running.engine.onConnect = undefined;
    await world.accounts.initialize(ctx, id);
    await world.pass(60);
    const next = await reconnected(session);
    const after = await send('after');
    await world.until(() => expect(next.frames).toEqual([after.waId]));
  });

  it('is not sure that nothing arrived when a later attempt fails and an earlier one had no answer', async () => {
    const session = await live();
    const message = await send('perhaps');
    await world.until(() => expect(session.frames).toHaveLength(1));
    await status(message, 'sending');
    session.close('connection_lost');
    const next = await reconnected(session);
    await world.until(() => expect(next.frames).toEqual([message.waId]));
    const failure = { code: 'reach_out_time_lock', detail: '463' } as const;
    next.emit({ type: 'message-ack', waId: message.waId, at: null, failure });
    await status(message, 'unknown');
    expect((await read(message)).failure).toMatchObject({
      code: 'reach_out_time_lock',
      certain: false,
      mend: expect.stringMatching(/receipt/),
    });
    await expect(world.outbox.retry(ctx, message.id)).rejects.toMatchObject({ code: 'message_not_retryable' });
    await world.pass(60);
    expect(next.frames).toEqual([message.waId]);
    const by = { phone: '9991112223' as PhoneDigits, lid: null };
    next.emit({ type: 'receipt', waIds: [message.waId], by, chat: by, status: 'delivered', at: null });
    await status(message, 'delivered');
    expect((await read(message)).failure).toBeNull();
  });

  it('sends once more, to the new devices, what was refused because they changed', async () => {
    const session = await live();
    const message = await send('moved');
    const refuse = () =>
      session.emit({
        type: 'message-ack',
        waId: message.waId,
        at: null,
        failure: { code: 'devices_changed', detail: '479' },
      });
    await world.until(() => expect(session.frames).toHaveLength(1));
    refuse();
    await world.until(() => expect(session.frames).toEqual([message.waId, message.waId]));
    refuse();
    await status(message, 'failed');
    expect((await read(message)).failure).toMatchObject({ code: 'devices_changed', certain: true });
    expect(session.frames).toHaveLength(2);
  });

  it('sends a silent message again under its id, on a connection that answers, three times at most', async () => {
    const session = await live();
    const message = await send('hello?');
    await world.until(() => expect(session.frames).toHaveLength(1));
    world.clock.advance(30_000);
    await status(message, 'unknown');
    for (const times of [2, 3]) {
      world.clock.advance(31_000);
      await world.until(() => expect(session.frames).toEqual(Array(times).fill(message.waId)));
      expect((await read(message)).status).toBe('unknown');
    }
    await world.pass(120);
    expect(session.frames).toHaveLength(3);
    session.close('connection_lost');
    const next = await reconnected(session);
    const after = await send('after');
    await world.until(() => expect(next.frames).toEqual([after.waId]));
    expect((await read(message)).failure).toMatchObject({ code: 'ack_timed_out', certain: false });
  });

  it('begins six connections with a message under which each broke, and says in a minute that it is not known', async () => {
    let session = await live();
    const message = await send('on a shaking line');
    for (let connection = 1; connection <= 6; connection += 1) {
      await world.until(() => expect(session.frames).toEqual([message.waId]));
      await status(message, 'sending');
      session.close('connection_lost');
      session = await reconnected(session);
    }
    const after = await send('after');
    await world.until(() => expect(session.frames).toEqual([after.waId]));
    expect((await read(message)).status).toBe('sending');
    world.clock.advance(61_000);
    await world.tidy();
    expect(await read(message)).toMatchObject({
      status: 'unknown',
      failure: { code: 'ack_timed_out', certain: false },
    });
  });

  it('begins the next connection with what had no ack, and does not send it from another device', async () => {
    const session = await live();
    const message = await send('one');
    await world.until(() => expect(session.frames).toHaveLength(1));
    await status(message, 'sending');
    await world.accounts.reset(ctx, id);
    await world.accounts.initialize(ctx, id);
    world.clock.advance(1_000);
    (await world.session(running, id)).scan('+9995556667');
    await world.state(id, { status: 'active', connection: 'connected' });
    const other = await live();
    const after = await send('after');
    await world.until(() => expect(other.frames).toEqual([after.waId]));
  });

  describe('typing before a text', () => {
    const long = 'a text that a person would need some seconds to type on a phone '.repeat(3);
    const typed = (text: string) => send(text, { simulateTyping: true });
    const typing = (session: ScriptedSession) => world.until(() => expect(session.shown).toEqual(['typing']));

    it('comes first, keeps the order of its chat, and lets other chats pass', async () => {
      const session = await live();
      const first = await typed(long);
      const second = await send('second');
      await typing(session);
      const other = await send('other', { to: '+9991112224' });
      await world.until(() => expect(session.frames).toContain(other.waId));
      expect(session.frames).toEqual([other.waId]);
      expect((await read(first)).status).toBe('queued');
      world.clock.advance(10_000);
      await world.until(() => expect(session.frames).toEqual([other.waId, first.waId, second.waId]));
      expect(session.shown).toEqual(['typing']);
    });

    it('is done for every text of an account that is set so, and for nothing else', async () => {
      await new MessagingService(database, world.clock, { wake: () => undefined }).change(ctx, id, {
        ...MESSAGING_DEFAULTS,
        simulateTyping: true,
      });
      const session = await live();
      const place = await send('', {
        text: undefined,
        content: { kind: 'location', latitude: 1, longitude: 2 },
      } as never);
      await world.until(() => expect(session.frames).toEqual([place.waId]));
      expect(session.shown).toEqual([]);
      const text = await send('hi');
      await typing(session);
      world.clock.advance(10_000);
      await world.until(() => expect(session.frames).toEqual([place.waId, text.waId]));
    });

    it('begins anew after a connection that ended in it, and the text is sent once', async () => {
      const session = await live();
      const message = await typed(long);
      await typing(session);
      session.close('connection_lost');
      const next = await reconnected(session);
      await typing(next);
      world.clock.advance(10_000);
      await world.until(() => expect(next.frames).toEqual([message.waId]));
      await world.pass(20);
      expect([session.frames, next.frames]).toEqual([[], [message.waId]]);
    });

    it('ends with nothing when the text is taken back', async () => {
      const session = await live();
      const message = await typed(long);
      await typing(session);
      await world.turning(world.outbox.cancel(ctx, message.id));
      await world.pass(20);
      expect(session.frames).toEqual([]);
      expect((await read(message)).status).toBe('cancelled');
    });
  });

  it('fails what is for a person whom the account has blocked, certainly, and sends it nowhere', async () => {
    const before = await send('before');
    const session = await live();
    await world.until(() => expect(session.frames).toEqual([before.waId]));
    session.emit({ type: 'blocked', person: { phone: '9991112223' as PhoneDigits, lid: null }, blocked: true });
    await world.until(async () => expect(await world.events(id)).toContain('chat.updated'));
    const message = await send('can you hear me?');
    await status(message, 'failed');
    expect((await read(message)).failure).toMatchObject({ code: 'recipient_blocked', certain: true });
    await world.pass(5);
    expect(session.frames).toEqual([before.waId]);
  });

  it('says what waits and why', async () => {
    expect(await world.outbox.queue(ctx, id)).toMatchObject({ waiting: 0, waitsFor: null, oldestAt: null });
    await world.accounts.disconnect(ctx, id);
    const message = await send('waits');
    await send('later', { notBefore: inMs(3_600_000) });
    expect(message.queuedReason).toBe('offline');
    expect(await world.outbox.queue(ctx, id)).toMatchObject({ waiting: 1, scheduled: 1, waitsFor: 'offline' });
  });
});
