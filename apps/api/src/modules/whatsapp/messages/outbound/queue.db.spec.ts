/** What waits for an account, and why. */
import { describe, expect, it } from 'vitest';
import { useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('the queue of an account', () => {
  const its = useOutbox();
  const { send } = its;

  it('says what waits and why', async () => {
    expect(await its.world.outbox.queue(ctx, its.id)).toMatchObject({ waiting: 0, waitsFor: null, oldestAt: null });
    await its.world.accounts.disconnect(ctx, its.id);
    const message = await send('waits');
    await send('later', { notBefore: its.inMs(3_600_000) });
    expect(message.queuedReason).toBe('offline');
    expect(await its.world.outbox.queue(ctx, its.id)).toMatchObject({ waiting: 1, scheduled: 1, waitsFor: 'offline' });
  });
});
