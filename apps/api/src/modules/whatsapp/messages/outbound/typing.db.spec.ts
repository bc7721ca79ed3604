/** “typing…” is shown before a text where somebody asked for it; the text is queued meanwhile, and leaves once. */
import { MESSAGING_DEFAULTS } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { GovernorService } from '../../../governor/governor.service.js';
import { OptOutService } from '../../../governor/opt-outs/opt.out.service.js';
import { MessagingService } from '../../accounts/messaging/messaging.service.js';
import type { ScriptedSession } from '../../testing/scripted.engine.js';
import { CLEO, useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('typing before a text', () => {
  const its = useOutbox();
  const { database, read, send } = its;
  const long = 'a text that a person would need some seconds to type on a phone '.repeat(3);
  const typed = (text: string) => send(text, { simulateTyping: true });
  const typing = (session: ScriptedSession) => its.world.until(() => expect(session.shown).toEqual(['typing']));

  it('comes first, keeps the order of its chat, and lets other chats pass', async () => {
    const session = await its.live();
    const first = await typed(long);
    const second = await send('second');
    await typing(session);
    const other = await send('other', { to: '+9991112224' });
    await its.world.until(() => expect(session.frames).toContain(other.waId));
    expect(session.frames).toEqual([other.waId]);
    expect((await read(first)).status).toBe('queued');
    its.world.clock.advance(10_000);
    await its.world.until(() => expect(session.frames).toEqual([other.waId, first.waId, second.waId]));
    expect(session.shown).toEqual(['typing']);
  });

  it('is done for every text of an account that is set so, and for nothing else', async () => {
    await new MessagingService(database, its.world.clock, { wake: () => undefined }).change(ctx, its.id, {
      ...MESSAGING_DEFAULTS,
      simulateTyping: true,
    });
    const session = await its.live();
    const place = await send('', {
      text: undefined,
      content: { kind: 'location', latitude: 1, longitude: 2 },
    } as never);
    await its.world.until(() => expect(session.frames).toEqual([place.waId]));
    expect(session.shown).toEqual([]);
    const text = await send('hi');
    await typing(session);
    its.world.clock.advance(10_000);
    await its.world.until(() => expect(session.frames).toEqual([place.waId, text.waId]));
  });

  it('begins anew after a connection that ended in it, and the text is sent once', async () => {
    const session = await its.live();
    const message = await typed(long);
    await typing(session);
    session.close('connection_lost');
    const next = await its.reconnected(session);
    await typing(next);
    its.world.clock.advance(10_000);
    await its.world.until(() => expect(next.frames).toEqual([message.waId]));
    next.ack(message.waId);
    await its.world.pass(20);
    const after = await send('after');
    await its.world.until(() => expect(next.frames).toContain(after.waId));
    expect([session.frames, next.frames]).toEqual([[], [message.waId, after.waId]]);
    // Nor was it begun by the connection that had ended.
    const { rows } = await database.pool.query('select attempts from mkt_wap_messages where id = $1', [message.id]);
    expect(rows).toEqual([{ attempts: 1 }]);
  });

  it('takes no place of the day when its connection ends, and one when the text leaves', async () => {
    // Of a day of two one is kept for replies.
    const governor = new GovernorService(database, its.world.clock, its.world.notifier);
    await governor.change(ctx, its.id, { profile: 'sandbox', settings: { perDay: 2 } });
    let session = await its.live();
    const message = await typed(long);
    for (let connection = 1; connection <= 3; connection += 1) {
      await typing(session);
      session.close('connection_lost');
      session = await its.reconnected(session);
    }
    await typing(session);
    its.world.clock.advance(10_000);
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    session.ack(message.waId);
    await its.status(message, 'sent');
    expect((await governor.budget(ctx, its.id)).sends).toMatchObject({ used: 1, left: 1 });
    await send('no room for it', { to: '+9991112224' });
    await its.world.until(async () =>
      expect(await its.world.outbox.queue(ctx, its.id)).toMatchObject({ waiting: 1, waitsFor: 'governor' }),
    );
  });

  it('ends with nothing when the person wants no messages meanwhile', async () => {
    const session = await its.live();
    const message = await typed(long);
    await typing(session);
    const optOuts = new OptOutService(database, its.world.clock, its.world.notifier);
    await optOuts.add(ctx, { network: 'sandbox', to: `+${CLEO}` });
    expect(await read(message)).toMatchObject({ status: 'failed', failure: { code: 'opted_out', certain: true } });
    await its.world.pass(20);
    const after = await send('after', { to: '+9991112224' });
    await its.world.until(() => expect(session.frames).toContain(after.waId));
    expect(session.frames).toEqual([after.waId]);
    expect((await read(message)).status).toBe('failed');
  });

  it('ends with nothing when the text runs out meanwhile', async () => {
    const session = await its.live();
    const message = await send(long, { simulateTyping: true, notAfter: its.inMs(3_000) });
    await typing(session);
    its.world.clock.advance(3_000);
    await its.status(message, 'expired');
    await its.world.pass(20);
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toContain(after.waId));
    expect(session.frames).toEqual([after.waId]);
  });

  it('is not begun anew because something else is taken back or runs out', async () => {
    const session = await its.live();
    const message = await typed(long);
    await typing(session);
    const others = [await send('behind it'), await send('behind it, too', { notAfter: its.inMs(3_000) })];
    await its.world.turning(its.world.outbox.cancel(ctx, others[0]!.id));
    its.world.clock.advance(3_000);
    await its.status(others[1]!, 'expired');
    its.world.clock.advance(7_000);
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    expect(session.shown).toEqual(['typing']);
  });

  it('ends with nothing when the text is taken back', async () => {
    const session = await its.live();
    const message = await typed(long);
    await typing(session);
    await its.world.turning(its.world.outbox.cancel(ctx, message.id));
    await its.world.pass(20);
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toContain(after.waId));
    expect(session.frames).toEqual([after.waId]);
    expect((await read(message)).status).toBe('cancelled');
  });
});
