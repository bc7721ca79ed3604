/** What came before the link, and what the account itself wrote on its phone. */
import { expect, it } from 'vitest';
import { transact } from '../../../../database/transaction.js';
import { resolvePeople } from '../../contacts/people.repository.js';
import type { LidUser, PersonAddress, PhoneDigits } from '../../jid.js';
import { ctx, useMessages } from '../../testing/use.messages.js';

const its = useMessages();
const { database, idOf, read, receive, step } = its;
const network = 'sandbox';
const stranger = (n: number): PersonAddress => ({ phone: `99900000007${n}` as PhoneDigits, lid: null });
const eventsOf = async (id: string) =>
  (
    await database.pool.query(
      `select event from mkt_wap_events where payload -> 'message' ->> 'id' = $1 or payload ->> 'messageId' = $1 order by row`,
      [id],
    )
  ).rows.map(({ event }) => event);
const unreadOf = async (who: PersonAddress) =>
  (
    await database.pool.query(
      'select c.unread from mkt_wap_chats c join mkt_wap_people p on p.id = c.person_id where p.phone = $1',
      [who.phone],
    )
  ).rows[0].unread;

it('keeps what came before the link without a word: no event, and nothing unread', async () => {
  const from = { chat: stranger(1), sender: stranger(1), history: true, at: Date.now() - 1e9 };
  const theirs = await idOf(await receive(from));
  const ours = await idOf(await receive({ ...from, fromMe: true }));
  expect([await eventsOf(theirs), await eventsOf(ours), await unreadOf(stranger(1))]).toEqual([[], [], 0]);
  const now = await idOf(await receive({ ...from, history: false }));
  expect([await eventsOf(now), await unreadOf(stranger(1))]).toEqual([['message.received'], 1]);
});

it('shows what the phone wrote as ours: sent, told once, and not unread', async () => {
  const at = Date.parse('2026-05-01T10:00:00Z');
  const from = { chat: stranger(2), sender: stranger(2), fromMe: true, at };
  const waId = await receive(from);
  await receive({ ...from, waId });
  expect(await read(waId)).toMatchObject({
    direction: 'out',
    status: 'sent',
    sentAt: new Date(at).toISOString(),
    sender: null,
  });
  expect([await eventsOf(await idOf(waId)), await unreadOf(stranger(2))]).toEqual([['message.created'], 0]);
});

it.each(['sending', 'unknown'] as const)(
  'takes one of ours that was %s for sent when the phone has it',
  async (was) => {
    const message = await its.send({ kind: 'text', text: 'written here' });
    await step(message.waId, 'sending');
    if (was === 'unknown') await step(message.waId, 'unknown');
    await receive({ waId: message.waId, fromMe: true, history: true, content: { kind: 'text', text: 'written here' } });
    expect(await read(message.waId)).toMatchObject({ id: message.id, status: 'sent', failure: null });
    const { rowCount } = await database.pool.query('select from mkt_wap_messages where wa_id = $1', [message.waId]);
    expect(rowCount).toBe(1);
  },
);

it('writes into one chat to a person, by number and by LID, whichever was first', async () => {
  const lid = '184320557719999' as LidUser;
  const { phone } = stranger(3);
  const to = (address: string) => its.messages.send(ctx, { accountId: its.accountId, to: address, text: 'hi' });
  const [byLid, byNumber] = [(await to(`${lid}@lid`)).message, (await to(`+${phone}`)).message];
  expect(byLid.chatId).not.toBe(byNumber.chatId);
  await transact(database.pool, (sql) => resolvePeople(sql, network, [{ phone, lid }], new Date()));
  const chats = new Set(await Promise.all([byLid, byNumber].map(async ({ waId }) => (await read(waId)).chatId)));
  expect(chats.size).toBe(1);
  const after = [(await to(`${lid}@lid`)).message, (await to(`+${phone}`)).message];
  expect(after.map(({ chatId }) => chatId)).toEqual([...chats, ...chats]);
  expect((await its.claimed(byLid.id))?.to).toEqual({ phone, lid });
});
