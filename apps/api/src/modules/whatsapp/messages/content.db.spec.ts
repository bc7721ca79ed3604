/** What is said about what, kept and shown: of each kind, in whatever order it comes. */
import { randomUUID } from 'node:crypto';
import type { MessageContent, SendContent } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import type { LidUser, PhoneDigits } from '../jid.js';
import { ada } from '../testing/inbound.builder.js';
import { ctx, useMessages } from '../testing/use.messages.js';
import { describeFailure } from './failure.js';
import { writeRead } from './inbound/message.read.js';

const its = useMessages();
const { claimed, database, idOf, read, receive, send, step, updatesOf } = its;

it('takes a text by its short form and written out', async () => {
  const short = await its.messages.send(ctx, { accountId: its.accountId, to: `+${ada.phone}`, text: 'hello' });
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

it('tells who is mentioned as they are known when it is read, in what quotes it too', async () => {
  const bob = { phone: '9990000000021' as PhoneDigits, lid: '7721' as LidUser };
  const own = '+9990000000020';
  await database.pool.query('update mkt_wap_accounts set phone_number = $2 where id = $1', [its.accountId, own]);
  const mentions = [
    { phoneNumber: null, lid: bob.lid },
    { phoneNumber: '+9990000000022', lid: null },
    { phoneNumber: own, lid: null },
  ];
  const waId = await receive({ content: { kind: 'text', text: '@7721 @9990000000022', mentions } });
  const asked = await receive({ quotedWaId: waId });
  const named = async () => (await read(waId)).content;
  const nobody = { name: null, me: false };
  const me = { ...mentions[2], name: null, me: true };
  expect(await named()).toMatchObject({ mentions: [{ ...mentions[0], ...nobody }, { ...mentions[1], ...nobody }, me] });
  await receive({ sender: bob, senderName: 'Bob' });
  const bobNow = { phoneNumber: `+${bob.phone}`, lid: bob.lid, name: 'Bob', me: false };
  expect(await named()).toMatchObject({ mentions: [bobNow, { ...mentions[1], ...nobody }, me] });
  expect((await read(asked)).quoted?.content).toMatchObject({ mentions: [bobNow, {}, {}] });
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
  await expect(send({ kind: 'answer', answer: 'going', messageId: theirs })).rejects.toMatchObject({
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
    [its.accountId],
  );
  expect(rows).toEqual([{ wa_id: waId }]);
});

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
  const listed = await its.messages.list(ctx, { chatId: message.chatId, limit: 100 });
  expect(listed.items.map(({ waId }) => waId)).not.toContain(reaction);
});

it('keeps what came as it came, also of a kind that is not known yet', async () => {
  const raw = Uint8Array.of(0xca, 0xb2, 4, 3, 1, 2, 3);
  const waId = await receive({ content: { kind: 'unsupported', type: 'field 9001' }, raw });
  expect((await read(waId)).content).toEqual({ kind: 'unsupported', type: 'field 9001' });
  expect(Uint8Array.from((await its.rowOf(waId)).raw)).toEqual(raw);
});

it('opens a vote when the poll is known, and tells the poll’s results', async () => {
  const poll = await receive({
    content: { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 },
  });
  const vote = await receive({ content: { kind: 'vote', targetWaId: poll, options: null } });
  expect((await read(poll)).pollResults).toMatchObject([{ by: [] }, { by: [] }]);
  const opened = {
    accountId: its.accountId,
    waId: vote,
    content: { kind: 'vote' as const, targetWaId: poll, options: ['later'] },
  };
  await transact(database.pool, (sql) => writeRead(sql, [opened, opened], new Date()));
  const message = await read(poll);
  expect(message.pollResults).toMatchObject([{ by: [] }, { by: [{ name: 'Ada' }] }]);
  expect(await updatesOf(message.id)).toBe(2);
  await transact(database.pool, (sql) => writeRead(sql, [opened], new Date()));
  expect(await updatesOf(message.id)).toBe(2);
});

it.each(['after', 'before'] as const)('counts an answer that came %s its event, once it is opened', async (when) => {
  const [event, answer] = [randomUUID(), randomUUID()];
  const made = () =>
    receive({
      waId: event,
      content: { kind: 'event', name: 'Opening', startsAt: null, endsAt: null, cancelled: false },
    });
  const content = { kind: 'answer' as const, targetWaId: event, answer: null };
  if (when === 'after') await made();
  await receive({ waId: answer, content });
  if (when === 'before') await made();
  const opened = { accountId: its.accountId, waId: answer, content: { ...content, answer: 'going' as const } };
  await transact(database.pool, (sql) => writeRead(sql, [opened], new Date()));
  const message = await read(event);
  expect(message.eventAnswers).toMatchObject([
    { answer: 'going', by: [{ name: 'Ada' }] },
    { answer: 'not_going', by: [] },
    { answer: 'maybe', by: [] },
  ]);
  const own = await send({ kind: 'answer', answer: 'maybe', messageId: message.id });
  expect(await claimed(own.id)).toMatchObject({ target: { fromMe: false, sender: { phone: ada.phone } } });
  expect((await read(event)).eventAnswers).toMatchObject([{}, {}, { by: [{ personId: null }] }]);
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
    (await its.messages.search({ ...ctx, ...more }, { text, limit: 50 })).items.map(({ waId }) => waId);
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
  const page = await its.messages.search(ctx, { text: 'zebra', limit: 1 });
  expect(page.items).toHaveLength(1);
});
