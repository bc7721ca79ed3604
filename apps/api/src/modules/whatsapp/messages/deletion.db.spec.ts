/** What is deleted for everyone, or disappears by itself: nothing that it said is kept. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import { writeTimers } from '../chats/chat.timer.writer.js';
import type { GroupJid, PersonAddress, PhoneDigits } from '../jid.js';
import { ada } from '../testing/inbound.builder.js';
import { useMessages } from '../testing/use.messages.js';
import { expireMessages } from './expiry.repository.js';
import { describeFailure } from './failure.js';

const its = useMessages();
const { claimed, database, read, receive, rowOf, send, step, updatesOf } = its;

it('obeys a chat’s timer: the newest word counts, what is sent carries it, and what has expired is deleted', async () => {
  const timer = (seconds: number | null, at: number) =>
    transact(database.pool, (sql) =>
      writeTimers(
        sql,
        [{ accountId: its.accountId, network: 'sandbox', timer: { type: 'ephemeral', chat: ada, seconds, at } }],
        new Date(),
      ),
    );
  const now = Date.now();
  await timer(86_400, now);
  await timer(null, now - 1000);
  const sent = await send({ kind: 'text', text: 'soon gone' });
  expect(await claimed(sent.id)).toMatchObject({ ephemeralSeconds: 86_400 });
  expect(Date.parse(sent.expiresAt!)).toBeGreaterThan(now + 86_000_000);
  const waId = await receive({ ephemeralSeconds: 60, at: now });
  await expireMessages(database.pool, new Date(now + 59_000));
  expect((await read(waId)).content.kind).toBe('text');
  await expireMessages(database.pool, new Date(now + 60_000));
  const gone = await read(waId);
  expect(gone.content).toEqual({ kind: 'gone', why: 'expired' });
  expect(await updatesOf(gone.id)).toBe(1);
  const { rows } = await database.pool.query(`select content, raw from mkt_wap_messages where wa_id = $1`, [waId]);
  expect(rows).toEqual([{ content: { kind: 'gone', why: 'expired' }, raw: null }]);
  await timer(null, now + 1000);
});

it.each(['after', 'before'] as const)('keeps nothing of what was deleted for everyone %s it came', async (when) => {
  const waId = randomUUID();
  const word = `secret${when}`;
  const text = () => receive({ waId, content: { kind: 'text', text: `${word} one` }, at: 1_000 });
  const edit = () => receive({ content: { kind: 'edit', text: `${word} two`, targetWaId: waId } });
  const remove = () => receive({ content: { kind: 'delete', targetWaId: waId } });
  for (const next of when === 'after' ? [text, edit, remove] : [remove, edit, text]) await next();
  expect(await rowOf(waId)).toMatchObject({
    kind: 'text',
    content: { kind: 'gone', why: 'deleted' },
    raw: null,
    timestamp: new Date(1_000),
  });
  expect((await read(waId)).content).toEqual({ kind: 'gone', why: 'deleted' });
  const { rowCount } = await database.pool.query(`select from mkt_wap_messages where content::text like $1`, [
    `%${word}%`,
  ]);
  expect(rowCount).toBe(0);
  await text();
  expect((await rowOf(waId)).content.kind).toBe('gone');
});

it('leaves what somebody else said to delete', async () => {
  const group = '120363000000000009@g.us' as GroupJid;
  const bob: PersonAddress = { phone: '9990000000077' as PhoneDigits, lid: null };
  const waId = await receive({ chat: group });
  await receive({ chat: group, sender: bob, content: { kind: 'delete', targetWaId: waId } });
  expect((await rowOf(waId)).content.kind).toBe('text');
});

it('forgets the file of a deleted message, unless another message has it', async () => {
  const file = (waId: string, mediaId: string) =>
    database.pool.query(
      `with f as (insert into mkt_wap_media (id, account_id, origin, message_id, state, mime, sha256, file_name, reference,
           created_at, updated_at) select $2, $1, 'in', m.id, 'ready', 'image/png', 'abc', 'a.png', 'sealed', now(), now()
         from mkt_wap_messages m where m.wa_id = $3 on conflict do nothing)
       update mkt_wap_messages set kind = 'image', content = jsonb_build_object('kind', 'image', 'mediaId', $2::text)
       where wa_id = $3`,
      [its.accountId, mediaId, waId],
    );
  const mediaId = randomUUID();
  const [first, second] = [await receive({}), await receive({})];
  await file(first, mediaId);
  await file(second, mediaId);
  const media = async () => (await database.pool.query(`select * from mkt_wap_media where id = $1`, [mediaId])).rows[0];
  await receive({ content: { kind: 'delete', targetWaId: first } });
  expect([(await rowOf(first)).media_id, (await media()).state]).toEqual([null, 'ready']);
  await receive({ content: { kind: 'delete', targetWaId: second } });
  expect(await media()).toMatchObject({ state: 'gone', sha256: null, file_name: null, reference: null });
});

it('keeps what it deletes itself until WhatsApp has the deletion, and shows it again when that fails', async () => {
  const own = await send({ kind: 'text', text: 'said too much' });
  await step(own.waId, 'sending');
  await step(own.waId, 'sent');
  const failing = await send({ kind: 'delete', messageId: own.id });
  expect((await read(own.waId)).content.kind).toBe('gone');
  const before = await updatesOf(own.id);
  await step(failing.waId, 'failed', describeFailure({ code: 'rejected', certain: true }));
  expect(await read(own.waId)).toMatchObject({
    content: { text: 'said too much' },
    failedChanges: [{ messageId: failing.id, kind: 'delete', failure: { code: 'rejected' } }],
  });
  expect(await updatesOf(own.id)).toBe(before + 1);
  const again = await send({ kind: 'delete', messageId: own.id });
  expect((await read(own.waId)).failedChanges).toEqual([]);
  await step(again.waId, 'sending');
  expect((await rowOf(own.waId)).content.kind).toBe('text');
  await step(again.waId, 'sent');
  expect((await rowOf(own.waId)).content).toEqual({ kind: 'gone', why: 'deleted' });
});

it('keeps a deleted message that is on its way itself until it has arrived', async () => {
  const own = await send({ kind: 'text', text: 'on its way' });
  await step(own.waId, 'sending');
  const remove = await send({ kind: 'delete', messageId: own.id });
  await step(remove.waId, 'sent');
  await transact(database.pool, (sql) => expireMessages(sql, new Date()));
  expect((await rowOf(own.waId)).content.kind).toBe('text');
  await step(own.waId, 'sent');
  await transact(database.pool, (sql) => expireMessages(sql, new Date()));
  expect((await rowOf(own.waId)).content.kind).toBe('gone');
  expect((await read(own.waId)).content).toEqual({ kind: 'gone', why: 'deleted' });
});
