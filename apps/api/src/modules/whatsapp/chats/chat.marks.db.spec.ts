import { beforeEach, expect, it } from 'vitest';
import { MUTED_FOR_EVER } from '@trunkline/contracts';
import { systemClock } from '../../../clock/clock.js';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { resolvePeople } from '../contacts/people.repository.js';
import type { ChatMark } from '../engines/chats.js';
import type { LidUser, PersonAddress, PhoneDigits } from '../jid.js';
import { MessageService } from '../messages/message.service.js';
import { dueMessages } from '../messages/outbound/outbox.repository.js';
import { makeAccount } from '../testing/account.builder.js';
import { findChat, listChats, readChat } from './chat.list.repository.js';
import { writeBlocklists, writeBlocks, writeMarks, writeStars } from './chat.mark.writer.js';
import { chatAt } from './chat.partner.js';

const database = useDatabase();
const ctx = systemCtx('spec');
const ada: PersonAddress = { phone: '9990000000001' as PhoneDigits, lid: null };
const bob: PersonAddress = { phone: '9990000000002' as PhoneDigits, lid: null };
const now = new Date('2026-05-05T05:05:05Z');
let of: { accountId: string; network: 'sandbox' };

beforeEach(async () => {
  await database.empty('mkt_wap_accounts', 'mkt_wap_people', 'mkt_wap_events');
  of = { accountId: (await makeAccount(database, { linked: true })).id, network: 'sandbox' };
});

const chatWith = (person: PersonAddress) => transact(database.pool, (sql) => chatAt(sql, of, person, now));
const mark = (one: ChatMark, chat = ada) =>
  transact(database.pool, (sql) => writeMarks(sql, [{ ...of, marked: { type: 'chat-marked', chat, mark: one } }], now));
const block = (person: PersonAddress, blocked: boolean) =>
  transact(database.pool, (sql) => writeBlocks(sql, [{ ...of, block: { type: 'blocked', person, blocked } }], now));
const told = async (event: string) =>
  (await database.pool.query(`select payload from mkt_wap_events where event = $1 order by row`, [event])).rows.map(
    ({ payload }) => payload,
  );

it('keeps what was done with a chat, and tells it once however often it is said', async () => {
  const id = await chatWith(ada);
  const marks: ChatMark[] = [
    { archived: true },
    { pinnedAt: now.getTime() },
    { mutedUntil: MUTED_FOR_EVER },
    { markedUnread: true },
  ];
  for (const one of [...marks, ...marks]) await mark(one);
  expect(await findChat(database.pool, ctx, id)).toMatchObject({
    archived: true,
    pinnedAt: now.toISOString(),
    mutedUntil: new Date(MUTED_FOR_EVER).toISOString(),
    markedUnread: true,
  });
  expect(await told('chat.updated')).toHaveLength(4);
  for (const one of [{ archived: false }, { pinnedAt: null }, { mutedUntil: null }, { markedUnread: false }])
    await mark(one as ChatMark);
  const plain = { archived: false, pinnedAt: null, mutedUntil: null, markedUnread: false };
  expect(await findChat(database.pool, ctx, id)).toMatchObject(plain);
});

it('takes the pin of a chat that is archived', async () => {
  const id = await chatWith(ada);
  await mark({ pinnedAt: now.getTime() });
  await mark({ archived: true });
  expect(await findChat(database.pool, ctx, id)).toMatchObject({ archived: true, pinnedAt: null });
});

it('puts a chat that is only known by a mark below those in which something was said', async () => {
  const messages = new MessageService(database, systemClock, new Notifier(database.pool));
  const { message } = await messages.send(ctx, { accountId: of.accountId, to: `+${ada.phone}`, text: 'hi' });
  await mark({ markedUnread: true }, bob);
  const { items } = await listChats(database.pool, ctx, { limit: 1 });
  expect(items.map(({ id }) => id)).toEqual([message.chatId]);
  const after = await listChats(database.pool, ctx, { limit: 2 });
  expect(after.items[1]).toMatchObject({ lastActivityAt: null, markedUnread: true });
});

it('lists pinned chats first, page by page, and the archived ones apart', async () => {
  const people = ['1', '2', '3', '4'].map((end) => ({ phone: `999000000001${end}` as PhoneDigits, lid: null }));
  for (const person of people) await chatWith(person);
  await mark({ pinnedAt: now.getTime() }, people[2]);
  await mark({ archived: true }, people[1]);
  const page = (cursor?: string, archived?: boolean) => listChats(database.pool, ctx, { limit: 2, cursor, archived });
  const first = await page();
  expect(first.items[0]?.phoneNumber).toBe('+9990000000013');
  const second = await page(first.nextCursor ?? undefined);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
  expect((await page(undefined, true)).items.map(({ phoneNumber }) => phoneNumber)).toEqual(['+9990000000012']);
  expect((await listChats(database.pool, ctx, { limit: 9, archived: false })).items).toHaveLength(3);
});

it('takes a chat that the phone has read for read, and one that is read here for read', async () => {
  const id = await chatWith(ada);
  await database.pool.query('update mkt_wap_chats set unread = 3 where id = $1', [id]);
  await mark({ markedUnread: false });
  expect(await findChat(database.pool, ctx, id)).toMatchObject({ unread: 0 });
  await mark({ markedUnread: true });
  expect(await readChat(database.pool, id)).toBe(true);
  expect(await findChat(database.pool, ctx, id)).toMatchObject({ markedUnread: false });
  expect(await readChat(database.pool, id)).toBe(false);
});

it('gives a message its star in its chat, and tells how it reads', async () => {
  const messages = new MessageService(database, systemClock, new Notifier(database.pool));
  const order = { accountId: of.accountId, to: `+${ada.phone}`, text: 'hi' };
  const { message } = await messages.send(ctx, order);
  const star = (starred: boolean, chat = ada) =>
    transact(database.pool, (sql) =>
      writeStars(sql, [{ ...of, star: { type: 'starred', chat, waId: message.waId, starred } }], now),
    );
  await star(true, bob);
  expect((await messages.read(ctx, message.id)).starred).toBe(false);
  await star(true);
  await star(true);
  expect((await messages.read(ctx, message.id)).starred).toBe(true);
  expect(await told('message.updated')).toMatchObject([{ message: { starred: true } }]);
});

it('knows whom the account has blocked, with a chat or without, over a merge, and sends them nothing', async () => {
  const messages = new MessageService(database, systemClock, new Notifier(database.pool));
  const { message } = await messages.send(ctx, { accountId: of.accountId, to: `+${ada.phone}`, text: 'hi' });
  await block(ada, true);
  await block(bob, true);
  const lanes = { reply: 9, direct: 9, first_contact: 9, campaign: 9, campaign_first_contact: 9 };
  const due = async () =>
    (await dueMessages(database.pool, [{ accountId: of.accountId, lanes, inHand: [], asideChats: [] }], now)).get(
      of.accountId,
    );
  expect(await due()).toMatchObject([{ id: message.id, blocked: true }]);
  expect(await findChat(database.pool, ctx, message.chatId)).toMatchObject({ blocked: true });
  expect((await listChats(database.pool, ctx, { limit: 9 })).items).toHaveLength(1);

  const lid = '77' as LidUser;
  await transact(database.pool, (sql) => resolvePeople(sql, 'sandbox', [{ phone: null, lid }], now));
  await block({ phone: null, lid }, true);
  const both = { phone: ada.phone, lid };
  await transact(database.pool, (sql) => resolvePeople(sql, 'sandbox', [both], now));
  await block(both, false);
  expect(await due()).toMatchObject([{ blocked: false }]);
});

it('takes the whole list of blocked people for what is so', async () => {
  const id = await chatWith(ada);
  await block(ada, true);
  await transact(database.pool, (sql) => writeBlocklists(sql, [{ ...of, people: [bob] }], now));
  expect(await findChat(database.pool, ctx, id)).toMatchObject({ blocked: false });
  const { rows } = await database.pool.query('select count(*)::int as n from mkt_wap_blocks');
  expect(rows).toEqual([{ n: 1 }]);
});
