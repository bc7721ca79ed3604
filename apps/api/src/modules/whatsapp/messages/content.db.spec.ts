import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { type MessageContent, type SendContent, UNSTORED_MEDIA } from '@trunkline/contracts';
import { systemClock } from '../../../clock/clock.js';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import type { EngineMedia, InboundMessage } from '../engines/engine.js';
import type { GroupJid, PersonAddress, PhoneDigits } from '../jid.js';
import { writeTimers } from '../chats/chat.timer.writer.js';
import { makeAccount } from '../testing/account.builder.js';
import { ada, inboundMessage, receiveInbound } from '../testing/inbound.builder.js';
import { expireMessages } from './expiry.repository.js';
import { describeFailure } from './failure.js';
import { writeRead } from './inbound/message.read.js';
import { MessageService } from './message.service.js';
import { dueMessages } from './outbound/outbox.repository.js';
import { type StatusStep, writeSteps } from './receipts/status.writer.js';

const database = useDatabase();
const ctx = systemCtx('spec');
const to = `+${ada.phone}`;

let accountId: string;
let messages: MessageService;

beforeAll(async () => {
  ({ id: accountId } = await makeAccount(database, { linked: true, status: 'active', connection: 'connected' }));
  messages = new MessageService(database, systemClock, new Notifier(database.pool));
});

const send = (content: SendContent) => messages.send(ctx, { accountId, to, content }).then(({ message }) => message);

async function receive(over: Partial<InboundMessage>): Promise<string> {
  const message = inboundMessage(over);
  await receiveInbound(database, accountId, [message]);
  return message.waId;
}

const idOf = async (waId: string): Promise<string> =>
  (await database.pool.query(`select id from mkt_wap_messages where wa_id = $1`, [waId])).rows[0].id;

const claimed = async (id: string) => {
  const lanes = { reply: 99, direct: 99, first_contact: 99, campaign: 99, campaign_first_contact: 99 };
  const due = await dueMessages(database.pool, [{ accountId, lanes, inHand: [], asideChats: [] }], new Date());
  return due.get(accountId)?.find((row) => row.id === id)?.message;
};

it('takes a text by its short form and written out', async () => {
  const short = await messages.send(ctx, { accountId, to, text: 'hello' });
  const long = await send({ kind: 'text', text: 'hello' });
  expect(short.message.content).toEqual(long.content);
});

it('keeps who is mentioned as a person', async () => {
  const { content } = await send({ kind: 'text', text: '@9990000000002 look', mentions: ['+9990000000002', '77@lid'] });
  expect(content).toMatchObject({
    mentions: [
      { phoneNumber: '+9990000000002', lid: null },
      { phoneNumber: null, lid: '77' },
    ],
  });
  await expect(send({ kind: 'text', text: 'x', mentions: ['1@g.us'] })).rejects.toMatchObject({
    code: 'recipient_invalid',
  });
});

it('stores WhatsApp’s id of what a reaction concerns, and tells the engine whose it is', async () => {
  const waId = await receive({});
  const reaction = await send({ kind: 'reaction', emoji: '👍', messageId: await idOf(waId) });
  expect(reaction.content).toEqual({ kind: 'reaction', emoji: '👍', targetWaId: waId });
  expect(await claimed(reaction.id)).toMatchObject({ target: { fromMe: false, sender: { phone: ada.phone } } });
  const own = await send({ kind: 'text', text: 'mine' });
  const edit = await send({ kind: 'edit', text: 'better', messageId: own.id });
  expect(await claimed(edit.id)).toMatchObject({ target: { fromMe: true, sender: null } });
});

it('lets nobody edit what another wrote, vote without a poll, or change what is not in the chat', async () => {
  const theirs = await idOf(await receive({}));
  await expect(send({ kind: 'edit', text: 'x', messageId: theirs })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(send({ kind: 'vote', options: [], messageId: theirs })).rejects.toMatchObject({
    code: 'validation_failed',
  });
  await expect(send({ kind: 'delete', messageId: randomUUID() })).rejects.toMatchObject({
    details: [expect.objectContaining({ field: 'content.messageId' })],
  });
});

it('leaves the last message of a chat as it was when a change of one comes', async () => {
  const waId = await receive({});
  await send({ kind: 'reaction', emoji: '🎉', messageId: await idOf(waId) });
  const { rows } = await database.pool.query(
    `select m.wa_id from mkt_wap_chats c join mkt_wap_messages m on m.id = c.last_message_id where c.account_id = $1`,
    [accountId],
  );
  expect(rows).toEqual([{ wa_id: waId }]);
});

const read = async (waId: string) => messages.read(ctx, await idOf(waId));
const updatesOf = async (id: string): Promise<number> =>
  (
    await database.pool.query(
      `select from mkt_wap_events where event = 'message.updated' and payload -> 'message' ->> 'id' = $1`,
      [id],
    )
  ).rowCount!;

it.each(['after', 'before', 'with'] as const)('applies what came %s the message it concerns', async (when) => {
  const [target, reaction, edit] = [randomUUID(), randomUUID(), randomUUID()];
  const text = () => receive({ waId: target, content: { kind: 'text', text: 'first' } });
  const changes = async () => {
    await receive({ waId: reaction, content: { kind: 'reaction', emoji: '🎉', targetWaId: target } });
    await receive({ waId: edit, content: { kind: 'edit', text: 'second', targetWaId: target } });
  };
  if (when === 'after') await text();
  if (when === 'with') await Promise.all([text(), changes()]);
  else await changes();
  if (when === 'before') await text();
  const message = await read(target);
  expect(message).toMatchObject({ content: { text: 'second' }, reactions: [{ emoji: '🎉', by: [{ name: 'Ada' }] }] });
  expect(message.editedAt).not.toBeNull();
  if (when === 'after') expect(await updatesOf(message.id)).toBe(2);
  const listed = await messages.list(ctx, { chatId: message.chatId, limit: 100 });
  expect(listed.items.map(({ waId }) => waId)).not.toContain(reaction);
});

it('opens a vote when the poll is known, and tells the poll’s results', async () => {
  const poll = await receive({
    content: { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 },
  });
  const vote = await receive({ content: { kind: 'vote', targetWaId: poll, options: null } });
  expect((await read(poll)).pollResults).toMatchObject([{ by: [] }, { by: [] }]);
  const opened = { accountId, waId: vote, content: { kind: 'vote' as const, targetWaId: poll, options: ['later'] } };
  await transact(database.pool, (sql) => writeRead(sql, [opened, opened], new Date()));
  const message = await read(poll);
  expect(message.pollResults).toMatchObject([{ by: [] }, { by: [{ name: 'Ada' }] }]);
  expect(await updatesOf(message.id)).toBe(2);
  await transact(database.pool, (sql) => writeRead(sql, [opened], new Date()));
  expect(await updatesOf(message.id)).toBe(2);
});

it('shows what is quoted, of any kind, and that it is not known', async () => {
  const place = await receive({ content: { kind: 'location', latitude: 1, longitude: 2 } });
  const known = await receive({ quotedWaId: place });
  expect((await read(known)).quoted).toMatchObject({
    waId: place,
    fromMe: false,
    name: 'Ada',
    content: { kind: 'location' },
  });
  const unknown = await receive({ quotedWaId: 'NOWHERE' });
  expect((await read(unknown)).quoted).toEqual({
    waId: 'NOWHERE',
    messageId: null,
    fromMe: null,
    name: null,
    content: null,
  });
});

it('forwards what can be forwarded, and counts', async () => {
  const source = await receive({ content: { kind: 'text', text: 'pass it on' }, forwardingScore: 4 });
  const forwarded = await send({ kind: 'forward', messageId: await idOf(source) });
  expect(forwarded).toMatchObject({ content: { kind: 'text', text: 'pass it on' }, forwardingScore: 5 });
  expect(await claimed(forwarded.id)).toMatchObject({ forwardingScore: 5 });
  const call = await receive({ content: { kind: 'call', video: false, outcome: 'missed' } });
  await expect(send({ kind: 'forward', messageId: await idOf(call) })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});

it('obeys a chat’s timer: the newest word counts, what is sent carries it, and what has expired is deleted', async () => {
  const timer = (seconds: number | null, at: number) =>
    transact(database.pool, (sql) =>
      writeTimers(
        sql,
        [{ accountId, network: 'sandbox', timer: { type: 'ephemeral', chat: ada, seconds, at } }],
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

const rowOf = async (waId: string) =>
  (
    await database.pool.query(
      `select kind, content, raw, timestamp, media_id from mkt_wap_messages where wa_id = $1 and target_wa_id is null`,
      [waId],
    )
  ).rows[0];
const step = (waId: string, status: StatusStep['status'], failure: StatusStep['failure'] = null) =>
  transact(database.pool, (sql) => writeSteps(sql, [{ accountId, waId, status, at: new Date(), failure }], new Date()));

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
      [accountId, mediaId, waId],
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

it.each([
  ['reaction', { emoji: '👎' }],
  ['vote', { options: ['later'] }],
])('tells that a %s of ours failed: the message reads as before', async (kind, says) => {
  const poll: MessageContent = { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 };
  const target = await receive({ content: kind === 'vote' ? poll : { kind: 'text', text: 'hi' } });
  const id = await idOf(target);
  const said = await send({ kind, ...says, messageId: id } as SendContent);
  expect(JSON.stringify(await read(target))).toContain('"personId":null');
  const before = await updatesOf(id);
  await step(said.waId, 'failed', describeFailure({ code: 'rejected', certain: true }));
  const message = await read(target);
  expect(message.failedChanges).toMatchObject([{ messageId: said.id, kind, failure: { certain: true } }]);
  expect(JSON.stringify([message.reactions, message.pollResults])).not.toContain('"personId":null');
  expect(await updatesOf(id)).toBe(before + 1);
});

it('finds messages by their words, as they read now, page by page, and for who may see them', async () => {
  const found = async (text: string, more: object = {}) =>
    (await messages.search({ ...ctx, ...more }, { text, limit: 50 })).items.map(({ waId }) => waId);
  const first = await receive({ content: { kind: 'text', text: 'Zebra crossing: ärger & café' } });
  const second = await receive({ content: { kind: 'text', text: 'zebras of the plain' } });
  expect(await found('zebra')).toEqual([second, first]);
  expect(await found('CROSSING zeb')).toEqual([first]);
  expect(await found('ärger')).toEqual([first]);
  await receive({ content: { kind: 'edit', text: 'a giraffe after all', targetWaId: second } });
  expect(await found('giraffe')).toEqual([second]);
  await receive({ content: { kind: 'delete', targetWaId: first } });
  expect(await found('crossing')).toEqual([]);
  for (const odd of ["'", '& | !', ':*', '\\', "a' & b", '((', '\0x'.slice(1)]) await found(odd);
  expect(await found('zebras', { accounts: [randomUUID()] })).toEqual([]);
  const page = await messages.search(ctx, { text: 'zebra', limit: 1 });
  expect(page.items).toHaveLength(1);
});

const facts = {
  mime: 'image/jpeg',
  fileName: null,
  width: 4,
  height: 3,
  seconds: null,
  waveform: null,
  thumbnail: null,
};
const media = { reference: { size: 10 }, facts } as EngineMedia;
const uploadsOf = async (mediaId: string) =>
  (await database.pool.query('select type, state, reference from mkt_wap_media_uploads where media_id = $1', [mediaId]))
    .rows;

/** A picture that came in, with its file. */
async function pictured(over: Partial<InboundMessage> = {}): Promise<{ id: string; mediaId: string }> {
  const content = { kind: 'image', mediaId: UNSTORED_MEDIA, caption: 'look' } as const;
  const id = await idOf(await receive({ content, media, ...over }));
  const { rows } = await database.pool.query(
    `update mkt_wap_media set state = 'ready', sha256 = 'abc' where id = (
       select media_id from mkt_wap_messages where id = $1) returning id`,
    [id],
  );
  return { id, mediaId: rows[0].id };
}

it('sends a file on from where it lies at WhatsApp, as long as it lies there, and as the kind that it came as', async () => {
  const { id: messageId, mediaId } = await pictured();
  const { content, forwardingScore } = await send({ kind: 'forward', messageId });
  expect([content, forwardingScore]).toEqual([{ kind: 'image', mediaId, caption: 'look' }, 1]);
  const there = { type: 'image', state: 'ready', reference: Buffer.from('sealed') };
  expect(await uploadsOf(mediaId)).toEqual([there]);
  await send({ kind: 'document', mediaId });
  expect(await uploadsOf(mediaId)).toContainEqual({ type: 'document', state: 'pending', reference: null });

  const old = await pictured();
  await database.pool.query(`update mkt_wap_media set created_at = created_at - interval '15 days' where id = $1`, [
    old.mediaId,
  ]);
  await send({ kind: 'forward', messageId: old.id });
  expect(await uploadsOf(old.mediaId)).toEqual([{ type: 'image', state: 'pending', reference: null }]);
});

it('forwards nothing that may be seen once', async () => {
  const { id: messageId } = await pictured({ viewOnce: true });
  await expect(send({ kind: 'forward', messageId })).rejects.toMatchObject({ code: 'validation_failed' });
});

it('edits a caption where there is one, and tells the engine of what', async () => {
  const { mediaId } = await pictured();
  const own = await send({ kind: 'image', mediaId, caption: 'first' });
  const edit = await send({ kind: 'edit', text: 'second', messageId: own.id });
  // Nothing in the chat waits for its file any more.
  await database.pool.query(`update mkt_wap_media_uploads set state = 'ready'`);
  expect(await claimed(edit.id)).toMatchObject({ target: { fromMe: true, kind: 'image' } });
  expect((await messages.read(ctx, own.id)).content).toMatchObject({ kind: 'image', caption: 'second' });
  const bare = await send({ kind: 'image', mediaId });
  await expect(send({ kind: 'edit', text: 'words', messageId: bare.id })).rejects.toMatchObject({
    code: 'validation_failed',
  });
});
