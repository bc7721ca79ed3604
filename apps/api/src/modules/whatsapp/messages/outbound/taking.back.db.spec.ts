/** Taken back: what is said to be taken back never leaves, and what has begun to leave is not taken back. */
import { describe, expect, it } from 'vitest';
import { useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';
import { lockWaits } from '../../../../testing/lock.waits.js';

describe('taking messages back', () => {
  const its = useOutbox();
  const { database, read, send, status } = its;

  /** Nobody can write to the row of the message until what is answered is called: a commit that wants to waits. */
  async function locked({ id }: { id: string }): Promise<() => Promise<void>> {
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query('select from mkt_wap_messages where id = $1 for update', [id]);
    return async () => {
      await client.query('rollback');
      client.release();
    };
  }
  /** Long enough for a session to be verified, for a reading that was begun, and for what is done about it. */
  async function roundTrips(): Promise<void> {
    for (let i = 0; i < 50; i += 1) {
      await database.pool.query('select 1');
      its.world.clock.advance(20);
    }
  }

  it('is done for what waits, and refused when it is too late', async () => {
    await its.world.accounts.disconnect(ctx, its.id);
    const [kept, taken] = [await send('kept'), await send('taken back')];
    const cancelled = await its.world.turning(its.world.outbox.cancel(ctx, taken.id));
    expect(taken.cancellable).toBe(true);
    expect(cancelled).toMatchObject({ status: 'cancelled', cancelledAt: expect.any(String), queuedReason: null });
    expect(cancelled.cancellable).toBe(false);
    expect(await its.world.outbox.cancel(ctx, taken.id)).toEqual(cancelled);
    await its.world.accounts.initialize(ctx, its.id);
    const session = await its.live();
    await its.world.until(() => expect(session.frames).toEqual([kept.waId]));
    await status(kept, 'sending');
    expect((await read(kept)).cancellable).toBe(false);
    await expect(its.world.outbox.cancel(ctx, kept.id)).rejects.toMatchObject({ code: 'message_not_cancellable' });
  });

  it('comes too late for what left a moment ago, and changes nothing about it', async () => {
    const session = await its.live();
    const message = await send('on its way');
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    const asked = { ids: [message.id], batchId: null };
    await its.world.turning(its.world.commands.ask(its.id, 'cancel-messages', asked));
    expect(await read(message)).toMatchObject({ status: 'sending', cancelledAt: null });
    session.ack(message.waId);
    await status(message, 'sent');
  });

  it('never lets a message leave that it said was taken back, however close the two come', async () => {
    const session = await its.live();
    const sent = await Promise.all(Array.from({ length: 40 }, (_, i) => send(`m${i}`, { to: `+99911122${i + 10}` })));
    const outcomes = await its.world.turning(
      Promise.all(
        sent.map((message) =>
          its.world.outbox.cancel(ctx, message.id).then(
            ({ waId }) => waId,
            () => null,
          ),
        ),
      ),
    );
    const cancelled = outcomes.filter((waId) => waId !== null);
    const left = sent.map(({ waId }) => waId).filter((waId) => !cancelled.includes(waId));
    await its.world.until(() => expect(session.frames.toSorted()).toEqual(left.toSorted()));
    for (const waId of cancelled) expect(session.frames).not.toContain(waId);
  });

  it('is heard also by a reading of the queue whose answer is under way', async () => {
    const session = await its.live();
    const { promise: later, resolve: arrive } = Promise.withResolvers<void>();
    const { found, end } = its.readings(later);
    try {
      const message = await send('read and taken back');
      await its.world.until(() => expect(found).toEqual([[message.id]]));
      const cancelled = await its.world.turning(its.world.outbox.cancel(ctx, message.id));
      expect(cancelled.status).toBe('cancelled');
    } finally {
      end();
      arrive();
    }
    await its.leavesNothing(session);
  });

  it('is waited for by the next reading, which would find the row as it was', async () => {
    const session = await its.live();
    const { promise: later, resolve: arrive } = Promise.withResolvers<void>();
    const { found, end } = its.readings(later);
    try {
      const message = await send('taken back by a commit that takes its time');
      await its.world.until(() => expect(found).toEqual([[message.id]]));
      const unlock = await locked(message);
      const cancelling = its.world.turning(its.world.outbox.cancel(ctx, message.id));
      await its.world.until(async () => expect(await lockWaits(database.pool, 'cancelled_at')).toBe(1));
      arrive();
      its.world.notifier.wake('outbox', its.id);
      await roundTrips();
      await unlock();
      expect((await cancelling).status).toBe('cancelled');
      expect(found).toHaveLength(1);
    } finally {
      end();
      arrive();
    }
    await its.leavesNothing(session);
  });

  it('is waited for by a connection that begins meanwhile', async () => {
    await its.world.accounts.disconnect(ctx, its.id);
    const message = await send('taken back while nobody is connected');
    const { found, end } = its.readings();
    const unlock = await locked(message);
    try {
      const cancelling = its.world.turning(its.world.outbox.cancel(ctx, message.id));
      await its.world.until(async () => expect(await lockWaits(database.pool, 'cancelled_at')).toBe(1));
      const connecting = its.world.accounts.initialize(ctx, its.id);
      await its.live();
      await roundTrips();
      await unlock();
      expect((await cancelling).status).toBe('cancelled');
      await connecting;
      expect(found).toEqual([]);
    } finally {
      end();
    }
    await its.leavesNothing(await its.live());
  });

  it('takes a whole batch back, but for what has begun to leave', async () => {
    const session = await its.live();
    const one = (text: string, more: object = {}) => ({
      message: { accountId: its.id, to: '+9991112223', text, ...more },
    });
    const later = { notBefore: its.inMs(3_600_000) };
    const { batchId, items } = await its.world.messages.sendBatch(ctx, {
      messages: [one('now'), ...Array.from({ length: 30 }, (_, i) => one(`${i}`, later))],
    });
    const [now] = items.map(({ message }) => message!);
    await its.world.until(() => expect(session.frames).toEqual([now!.waId]));
    await status(now!, 'sending');
    const other = await send('not of the batch', later);
    const before = { batchId, total: 31, statuses: { queued: 30, sending: 1 } };
    expect(await its.world.outbox.readBatch(ctx, batchId!)).toEqual(before);
    const stranger = { ...ctx, accounts: [] };
    await expect(its.world.outbox.cancelBatch(stranger, batchId!)).rejects.toMatchObject({ code: 'not_found' });
    const done = await its.world.turning(its.world.outbox.cancelBatch(ctx, batchId!));
    expect(done).toEqual({ batchId, total: 31, statuses: { cancelled: 30, sending: 1 }, cancelled: 30 });
    expect((await its.world.turning(its.world.outbox.cancelBatch(ctx, batchId!))).cancelled).toBe(0);
    expect((await read(other)).status).toBe('queued');
  });
});
