/** When a message goes again under its id, and when it does not (docs/decisions/resending.md). */
import { describe, expect, it } from 'vitest';
import { OptOutService } from '../../../governor/opt-outs/opt.out.service.js';
import type { PhoneDigits } from '../../jid.js';
import { CLEO, useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('sending again under the same id', () => {
  const its = useOutbox();
  const { read, send, status } = its;

  it('is not done for what has run out since it left', async () => {
    const session = await its.live();
    const message = await send('until then', { notAfter: its.inMs(60_000) });
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    await status(message, 'sending');
    its.running.engine.onConnect = (each) => each.close('network_unreachable');
    session.close('connection_lost');
    await its.world.state(its.id, { connection: 'reconnecting', reason: 'network_unreachable' });
    await its.world.pass(61);
    its.running.engine.onConnect = undefined;
    await its.world.accounts.initialize(ctx, its.id);
    await its.world.pass(60);
    const next = await its.reconnected(session);
    const after = await send('after');
    await its.world.until(() => expect(next.frames).toEqual([after.waId]));
  });

  it('is not sure that nothing arrived when a later attempt fails and an earlier one had no answer', async () => {
    const session = await its.live();
    const message = await send('perhaps');
    await its.world.until(() => expect(session.frames).toHaveLength(1));
    await status(message, 'sending');
    session.close('connection_lost');
    const next = await its.reconnected(session);
    await its.world.until(() => expect(next.frames).toEqual([message.waId]));
    const failure = { code: 'reach_out_time_lock', detail: '463' } as const;
    next.emit({ type: 'message-ack', waId: message.waId, at: null, failure });
    await status(message, 'unknown');
    expect((await read(message)).failure).toMatchObject({
      code: 'reach_out_time_lock',
      certain: false,
      mend: expect.stringMatching(/receipt/),
    });
    await expect(its.world.outbox.retry(ctx, message.id)).rejects.toMatchObject({ code: 'message_not_retryable' });
    await its.world.pass(60);
    expect(next.frames).toEqual([message.waId]);
    const by = { phone: '9991112223' as PhoneDigits, lid: null };
    next.emit({ type: 'receipt', waIds: [message.waId], by, chat: by, status: 'delivered', at: null });
    await status(message, 'delivered');
    expect((await read(message)).failure).toBeNull();
  });

  it('is done once more, to the new devices, for what was refused because they changed', async () => {
    const session = await its.live();
    const message = await send('moved');
    const refuse = () =>
      session.emit({
        type: 'message-ack',
        waId: message.waId,
        at: null,
        failure: { code: 'devices_changed', detail: '479' },
      });
    await its.world.until(() => expect(session.frames).toHaveLength(1));
    refuse();
    await its.world.until(() => expect(session.frames).toEqual([message.waId, message.waId]));
    refuse();
    await status(message, 'failed');
    expect((await read(message)).failure).toMatchObject({ code: 'devices_changed', certain: true });
    expect(session.frames).toHaveLength(2);
  });

  it('is done for a silent message on a connection that answers, three times at most', async () => {
    const session = await its.live();
    const message = await send('hello?');
    await its.world.until(() => expect(session.frames).toHaveLength(1));
    its.world.clock.advance(30_000);
    await status(message, 'unknown');
    for (const times of [2, 3]) {
      its.world.clock.advance(31_000);
      await its.world.until(() => expect(session.frames).toEqual(Array(times).fill(message.waId)));
      expect((await read(message)).status).toBe('unknown');
    }
    await its.world.pass(120);
    expect(session.frames).toHaveLength(3);
    session.close('connection_lost');
    const next = await its.reconnected(session);
    const after = await send('after');
    await its.world.until(() => expect(next.frames).toEqual([after.waId]));
    expect(session.frames).toHaveLength(3);
    expect((await read(message)).failure).toMatchObject({ code: 'ack_timed_out', certain: false });
  });

  it('is not done on the same connection either for what has run out since it left', async () => {
    const session = await its.live();
    const message = await send('until then', { notAfter: its.inMs(40_000) });
    await its.world.until(() => expect(session.frames).toHaveLength(1));
    its.world.clock.advance(30_000);
    await status(message, 'unknown');
    await its.world.pass(120);
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toEqual([message.waId, after.waId]));
    expect((await read(message)).status).toBe('unknown');
  });

  it('is not done on the same connection to a person who wants no messages since', async () => {
    const session = await its.live();
    const message = await send('an offer');
    await its.world.until(() => expect(session.frames).toHaveLength(1));
    its.world.clock.advance(30_000);
    await status(message, 'unknown');
    const optOuts = new OptOutService(its.database, its.world.clock, its.world.notifier);
    await optOuts.add(ctx, { network: 'sandbox', to: `+${CLEO}` });
    await its.world.pass(120);
    const after = await send('after', { to: '+9991112224' });
    await its.world.until(() => expect(session.frames).toEqual([message.waId, after.waId]));
    expect(await read(message)).toMatchObject({ status: 'unknown', failure: { code: 'ack_timed_out' } });
  });

  it('begins six connections with a message under which each broke, and says in a minute that it is not known', async () => {
    let session = await its.live();
    const message = await send('on a shaking line');
    for (let connection = 1; connection <= 6; connection += 1) {
      await its.world.until(() => expect(session.frames).toEqual([message.waId]));
      await status(message, 'sending');
      session.close('connection_lost');
      session = await its.reconnected(session);
    }
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toEqual([after.waId]));
    expect((await read(message)).status).toBe('sending');
    its.world.clock.advance(61_000);
    await its.world.tidy();
    expect(await read(message)).toMatchObject({
      status: 'unknown',
      failure: { code: 'ack_timed_out', certain: false },
    });
  });

  it('is not done from another device', async () => {
    const session = await its.live();
    const message = await send('one');
    await its.world.until(() => expect(session.frames).toHaveLength(1));
    await status(message, 'sending');
    await its.world.accounts.reset(ctx, its.id);
    await its.world.accounts.initialize(ctx, its.id);
    its.world.clock.advance(1_000);
    (await its.live()).scan('+9995556667');
    await its.world.state(its.id, { status: 'active', connection: 'connected' });
    const other = await its.live();
    const after = await send('after');
    await its.world.until(() => expect(other.frames).toEqual([after.waId]));
  });
});
