/** What becomes of one message is no other's business: not of the next in its chat, and not of other chats. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PhoneDigits } from '../../jid.js';
import { CLEO, useOutbox } from '../../testing/use.outbox.js';

describe('a message that fails', () => {
  const its = useOutbox();
  const { database, read, send, status } = its;

  it('neither keeps back nor repeats those before and behind it, on this connection and the next', async () => {
    const session = await its.live();
    const inChat = [await send('1'), await send('2'), await send('3')];
    const other = await send('other', { to: '+9991112224' });
    await its.world.until(() => expect(session.frames).toHaveLength(4));
    expect(session.frames.filter((waId) => waId !== other.waId)).toEqual(inChat.map(({ waId }) => waId));
    const [first, second, third] = inChat;
    const failure = { code: 'rejected', detail: '500' } as const;
    session.emit({ type: 'message-ack', waId: second!.waId, at: null, failure });
    for (const { waId } of [third!, first!, other]) session.ack(waId);
    await status(second!, 'failed');
    for (const each of [first!, third!, other]) await status(each, 'sent');
    session.close('connection_lost');
    const next = await its.reconnected(session);
    const after = await send('after');
    await its.world.until(() => expect(next.frames).toEqual([after.waId]));
  });

  it('does so before it leaves, too', async () => {
    const session = await its.live();
    const through = session.send.bind(session);
    session.send = async (message) => {
      const text = message.content.kind === 'text' ? message.content.text : '';
      if (text !== '2') return through(message);
      return { ok: false, code: 'no_session', detail: 'no keys', certain: true };
    };
    const [first, second, third] = [await send('1'), await send('2'), await send('3')];
    await its.world.until(() => expect(session.frames).toEqual([first.waId, third.waId]));
    await status(second, 'failed');
    expect((await read(second)).failure).toMatchObject({
      code: 'no_session',
      certain: true,
      mend: expect.stringMatching(/\w/),
    });
  });

  it('says that it may have arrived where the engine is not sure', async () => {
    const session = await its.live();
    session.send = async () => ({ ok: false, code: 'query_timed_out', detail: '', certain: false });
    const message = await send('perhaps');
    await status(message, 'unknown');
    expect((await read(message)).failure).toMatchObject({ code: 'query_timed_out', certain: false });
  });

  it('is recipient_blocked, for certain and nowhere sent, when the account has blocked its person', async () => {
    const before = await send('before');
    const session = await its.live();
    await its.world.until(() => expect(session.frames).toEqual([before.waId]));
    session.emit({ type: 'blocked', person: { phone: CLEO as PhoneDigits, lid: null }, blocked: true });
    await its.world.until(async () => expect(await its.world.events(its.id)).toContain('chat.updated'));
    const message = await send('can you hear me?');
    await status(message, 'failed');
    expect((await read(message)).failure).toMatchObject({ code: 'recipient_blocked', certain: true });
    const other = await send('other', { to: '+9991112224' });
    await its.world.until(() => expect(session.frames).toEqual([before.waId, other.waId]));
  });

  it.each([
    ['could not be put to WhatsApp', 'failed', null],
    ['lies where no seal opens that tells it', 'ready', 'no seal'],
  ])('is media_failed, for certain, when its file %s; what follows it goes', async (_, state, reference) => {
    const session = await its.live();
    session.send = async () => ({ ok: false, code: 'not_connected', detail: '', certain: true });
    const message = await send('a picture');
    await status(message, 'sending');
    const mediaId = randomUUID();
    await database.pool.query(
      `with f as (insert into mkt_wap_media (id, account_id, origin, state, mime, created_at, updated_at)
           values ($1, $2, 'out', 'ready', 'image/png', now(), now())),
         u as (insert into mkt_wap_media_uploads (media_id, type, account_id, state, reference, next_attempt_at)
           values ($1, 'image', $2, $4, $5, now()))
       update mkt_wap_messages set kind = 'image', content = jsonb_build_object('kind', 'image', 'mediaId', $1::text)
       where id = $3`,
      [mediaId, its.id, message.id, state, reference],
    );
    session.close('connection_lost');
    const next = await its.reconnected(session);
    const after = await send('after');
    await its.world.until(() => expect(next.frames).toEqual([after.waId]));
    expect(await read(message)).toMatchObject({ status: 'failed', failure: { code: 'media_failed', certain: true } });
  });
});
