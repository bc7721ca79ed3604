/** Sent again by hand: as a new message, and never what may have arrived. */
import { describe, expect, it } from 'vitest';
import { eraseMessages } from '../erase.repository.js';
import { useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('sending again by hand', () => {
  const its = useOutbox();
  const { database, send, status } = its;

  it('sends a failed message again as a new one, once, and nothing that may have arrived', async () => {
    const session = await its.live();
    const failed = await send('again');
    await its.world.until(() => expect(session.frames).toHaveLength(1));
    session.emit({
      type: 'message-ack',
      waId: failed.waId,
      at: null,
      failure: { code: 'recipient_blocked', detail: '403' },
    });
    await status(failed, 'failed');
    const both = await Promise.all([its.world.outbox.retry(ctx, failed.id), its.world.outbox.retry(ctx, failed.id)]);
    const [{ message }] = both;
    expect(new Set(both.map((sent) => sent.message.id)).size).toBe(1);
    expect(message).toMatchObject({ retryOf: failed.id, chatId: failed.chatId, content: failed.content });
    expect(message.waId).not.toBe(failed.waId);
    await its.world.until(() => expect(session.frames).toEqual([failed.waId, message.waId]));
    await expect(its.world.outbox.retry(ctx, message.id)).rejects.toMatchObject({ code: 'message_not_retryable' });
    expect((await its.world.outbox.retry(ctx, failed.id)).replayed).toBe(true);
  });

  it('sends again what may be seen once as that, and types before it where that was asked for', async () => {
    const failed = await send('once');
    await database.pool.query(
      `update mkt_wap_messages set status = 'failed', outbox = null, view_once = true, typing = true where id = $1`,
      [failed.id],
    );
    const { message } = await its.world.outbox.retry(ctx, failed.id);
    expect(message).toMatchObject({ retryOf: failed.id, viewOnce: true });
    const { rows } = await database.pool.query('select typing from mkt_wap_messages where id = $1', [message.id]);
    expect(rows).toEqual([{ typing: true }]);
  });

  it('keeps what it was beside its words: whom it answered, how often it was forwarded, and one of a campaign', async () => {
    await its.world.accounts.disconnect(ctx, its.id);
    const quoted = await send('the first');
    const failed = await send('an answer', { quotedMessageId: quoted.id, lane: 'campaign' });
    await database.pool.query(
      `update mkt_wap_messages set status = 'failed', outbox = null, forwarding_score = 3 where id = $1`,
      [failed.id],
    );
    const { message } = await its.world.outbox.retry(ctx, failed.id);
    expect(message).toMatchObject({ forwardingScore: 3, quoted: { messageId: quoted.id } });
    const { rows } = await database.pool.query('select lane from mkt_wap_messages where id = $1', [message.id]);
    expect(rows).toEqual([{ lane: 'campaign_first_contact' }]);
  });

  it('is refused for what says nothing any more, as it has disappeared or was kept long enough', async () => {
    await its.world.accounts.disconnect(ctx, its.id);
    const failed = await send('gone by now');
    await database.pool.query(`update mkt_wap_messages set status = 'failed', outbox = null where id = $1`, [
      failed.id,
    ]);
    await eraseMessages(database.pool, [failed.id], 'expired', its.world.clock.now());
    await expect(its.world.outbox.retry(ctx, failed.id)).rejects.toMatchObject({
      code: 'message_not_retryable',
      message: expect.stringMatching(/anew/),
    });
  });
});
