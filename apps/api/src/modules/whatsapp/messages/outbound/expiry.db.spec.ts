/** What has not left by the end of its time never does. */
import { describe, expect, it } from 'vitest';
import { useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('a message whose time is over', () => {
  const its = useOutbox();
  const { read, send, status } = its;

  it('runs out while nobody owns its account, and never leaves', async () => {
    await its.world.accounts.disconnect(ctx, its.id);
    const message = await send('until then', { notAfter: its.inMs(60_000) });
    await its.world.rest(its.id);
    its.world.clock.advance(60_000);
    await its.world.tidy();
    expect(await read(message)).toMatchObject({ status: 'expired', expiredAt: expect.any(String) });
    await its.world.accounts.initialize(ctx, its.id);
    const session = await its.live();
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toEqual([after.waId]));
  });

  it('runs out by its owner, who has no connection yet', async () => {
    await its.world.accounts.disconnect(ctx, its.id);
    const message = await send('until then', { notAfter: its.inMs(7_200_000) });
    its.running.engine.onConnect = () => undefined; // It stays connecting.
    const initialized = its.world.accounts.initialize(ctx, its.id);
    await its.live();
    await initialized;
    its.world.clock.advance(7_200_000);
    await status(message, 'expired');
  });

  it('does not leave by a reading of the queue whose answer is under way', async () => {
    const session = await its.live();
    const { promise: later, resolve: arrive } = Promise.withResolvers<void>();
    const { found, end } = its.readings(later);
    try {
      const message = await send('read in time', { notAfter: its.inMs(10_000) });
      await its.world.until(() => expect(found).toEqual([[message.id]]));
      its.world.clock.advance(10_000);
      await status(message, 'expired');
    } finally {
      end();
      arrive();
    }
    await its.leavesNothing(session);
  });

  it('runs out at once when its end was over when it was accepted', async () => {
    const session = await its.live();
    const late = await send('late', { notAfter: its.inMs(-1) });
    await status(late, 'expired');
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toEqual([after.waId]));
  });
});
