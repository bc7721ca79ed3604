/** What settles a message whose ack did not come: a receipt, its copy on the phone, an ack that is late. */
import { describe, expect, it } from 'vitest';
import type { PhoneDigits } from '../../jid.js';
import { inboundMessage } from '../../testing/inbound.builder.js';
import type { ScriptedSession } from '../../testing/scripted.engine.js';
import { CLEO, useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('a message without an ack', () => {
  const its = useOutbox();
  const { read, send, status } = its;
  const cleo = { phone: CLEO as PhoneDigits, lid: null };
  type Answer = (session: ScriptedSession, waId: string) => void;
  const receipt: Answer = (session, waId) =>
    session.emit({ type: 'receipt', waIds: [waId], by: cleo, chat: cleo, status: 'delivered', at: null });
  const copy: Answer = (session, waId) => {
    const content = { kind: 'text' as const, text: 'hello?' };
    const at = its.world.clock.now().getTime();
    const message = inboundMessage({ chat: cleo, sender: cleo, fromMe: true, history: true, waId, content, at });
    session.emit({ type: 'message', message });
  };
  const lateAck: Answer = (session, waId) => session.ack(waId);
  const answers = [
    ['a receipt', receipt, 'delivered'],
    ['its copy on the phone', copy, 'sent'],
    ['an ack that is late', lateAck, 'sent'],
  ] as const;

  it.each(answers)('is settled by %s, and not sent again', async (_, answer, settled) => {
    const session = await its.live();
    const message = await send('hello?');
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    its.world.clock.advance(30_000);
    await status(message, 'unknown');
    expect((await read(message)).unknownAt).not.toBeNull();
    answer(session, message.waId);
    await status(message, settled);
    expect(await read(message)).toMatchObject({ failure: null, sentAt: expect.any(String) });
    await its.world.pass(100);
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toEqual([message.waId, after.waId]));
    const { items } = await its.world.messages.list(ctx, { chatId: message.chatId, limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([after.id, message.id]);
  });

  it('makes room for the next by its receipt, with as many on their way as may be', async () => {
    const session = await its.live();
    const items = Array.from({ length: 200 }, (_, i) => ({
      message: { accountId: its.id, to: `+99911130${String(i).padStart(2, '0')}`, text: `${i}` },
    }));
    const { items: sent } = await its.world.messages.sendBatch(ctx, { messages: items });
    await its.world.until(() => expect(session.frames).toHaveLength(200));
    const next = await send('waits for room');
    for (const { message } of sent) receipt(session, message!.waId);
    await its.world.until(() => expect(session.frames).toContain(next.waId));
  });

  it.each(answers)('is asked for no more by the next connection after %s', async (_, answer, settled) => {
    const session = await its.live();
    const message = await send('hello?');
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    await status(message, 'sending');
    answer(session, message.waId);
    await status(message, settled);
    session.close('connection_lost');
    const next = await its.reconnected(session);
    const after = await send('after');
    await its.world.until(() => expect(next.frames).toEqual([after.waId]));
  });
});
