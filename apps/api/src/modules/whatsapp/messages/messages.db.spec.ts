import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../clock/clock.js';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Commands } from '../../cluster/commands/commands.js';
import { Listener } from '../../cluster/listener.repository.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { ChatService } from '../chats/chat.service.js';
import type { InboundMessage } from '../engines/engine.js';
import type { LidUser, PersonAddress, PhoneDigits } from '../jid.js';
import { makeAccount } from '../testing/account.builder.js';
import { ada, inboundMessage as inbound, receiveInbound } from '../testing/inbound.builder.js';
import { dueMessages, unconfirmedMessages } from './outbound/outbox.repository.js';
import { MessageService } from './message.service.js';
import { writeReceipts } from './receipts/receipt.writer.js';
import { type StatusStep, writeSteps } from './receipts/status.writer.js';

const database = useDatabase();
const ctx = systemCtx('spec');
const network = 'sandbox';
const TEN = { reply: 10, direct: 10, first_contact: 10, campaign: 10, campaign_first_contact: 10 };
const adaLid: PersonAddress = { phone: null, lid: '184320557712345' as LidUser };
const adaWhole = { phone: ada.phone, lid: adaLid.lid };

let accountId: string;
let messages: MessageService;
let chats: ChatService;

beforeAll(async () => {
  accountId = await insertAccount();
  const notifier = new Notifier(database.pool);
  const commands = new Commands(database, notifier, new Listener(database.url, systemClock), systemClock);
  messages = new MessageService(database, systemClock, notifier);
  chats = new ChatService(database, systemClock, notifier, commands);
});

const insertAccount = async (): Promise<string> =>
  (await makeAccount(database, { linked: true, status: 'active', connection: 'connected' })).id;

const receive = (...received: InboundMessage[]) => receiveInbound(database, accountId, received);

const step = (waId: string, status: StatusStep['status'], failure: StatusStep['failure'] = null) =>
  transact(database.pool, (sql) => writeSteps(sql, [{ accountId, waId, status, at: new Date(), failure }], new Date()));

const receipt = (waId: string, status: 'delivered' | 'read') =>
  transact(database.pool, (sql) =>
    writeReceipts(
      sql,
      [{ accountId, network, receipt: { type: 'receipt', waIds: [waId], chat: ada, by: ada, status, at: null } }],
      new Date(),
    ),
  );

const send = (to: string, text = 'hello', key?: string) =>
  messages.send(ctx, { accountId, to, text }, key).then((sent) => sent.message);

const eventsOf = async (messageId: string): Promise<string[]> => {
  const { rows } = await database.pool.query(
    `select event, payload -> 'status' as status from mkt_wap_events
     where payload ->> 'messageId' = $1 or payload -> 'message' ->> 'id' = $1 order by row`,
    [messageId],
  );
  return rows.map((row) => row.status ?? row.event);
};

describe('inbound', () => {
  it('stores a message once, whatever is delivered again', async () => {
    const message = inbound({ content: { kind: 'text', text: 'once \0 only' } });
    await receive(message, message);
    await receive(message);
    const { rows } = await database.pool.query(`select id, content from mkt_wap_messages where wa_id = $1`, [
      message.waId,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0].content.text).toBe('once \uFFFD only');
    expect(await eventsOf(rows[0].id)).toEqual(['message.received']);
  });

  it('puts a history before what came since, in the order in which it happened', async () => {
    const who = { phone: '9990000000078' as PhoneDigits, lid: null };
    const from = { chat: who, sender: who };
    const begin = Date.now() - 1e9;
    const past = (n: number) => inbound({ ...from, waId: `past ${n}`, at: begin + n * 1_000, history: true });
    await receive(inbound({ ...from, waId: 'live' }));
    await receive(past(5), past(4));
    await receive(past(2), { ...past(2), waId: 'past 2, too' }, past(1));
    await receive(past(3), inbound({ ...from, waId: 'later' }));
    const chat = (await chats.list(ctx, { accountId, limit: 100 })).items.find(
      ({ phoneNumber }) => phoneNumber === `+${who.phone}`,
    )!;
    const order: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await messages.list(ctx, { chatId: chat.id, limit: 2, ...(cursor ? { cursor } : {}) });
      order.push(...page.items.map(({ waId }) => waId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const happened = ['past 1', 'past 2', 'past 2, too', 'past 3', 'past 4', 'past 5', 'live', 'later'];
    expect(order).toEqual(happened.toReversed());
    // Linked anew after a while: what happened meanwhile stands behind what was known.
    await receive(inbound({ ...from, waId: 'meanwhile', at: Date.now() + 5_000, history: true }));
    expect((await messages.list(ctx, { chatId: chat.id, limit: 1 })).items[0]!.waId).toBe('meanwhile');
  });

  it('counts what is unread and says what came last, but not for a history', async () => {
    const stranger: PersonAddress = { phone: '9990000000077' as PhoneDigits, lid: null };
    const from = { chat: stranger, sender: stranger, senderName: 'Zoe' };
    await receive(inbound({ ...from, waId: 'old', at: Date.now() - 1e9, history: true }));
    await receive(
      inbound({ ...from, waId: 'new-1' }),
      inbound({ ...from, waId: 'new-2', content: { kind: 'text', text: 'last' } }),
    );
    await receive(inbound({ ...from, waId: 'older', at: Date.now() - 2e9, history: true }));
    const chat = (await chats.list(ctx, { accountId, search: 'Zoe', limit: 10 })).items[0]!;
    expect(chat).toMatchObject({ title: 'Zoe', unread: 2, lastMessage: { content: { text: 'last' } } });
    expect(await chats.markRead(ctx, chat.id)).toMatchObject({ unread: 0 });
  });

  it('makes one chat of a number and a LID once they are known to be one person', async () => {
    await receive(inbound({ chat: adaLid, sender: adaLid, waId: 'by-lid' }));
    await receive(inbound({ waId: 'by-number' }));
    await receive(inbound({ chat: adaWhole, sender: adaWhole, waId: 'by-both' }));
    const { rows } = await database.pool.query(
      `select distinct chat_id, sender_id from mkt_wap_messages where wa_id in ('by-lid', 'by-number', 'by-both')`,
    );
    expect(rows).toHaveLength(1);
    const merged = await database.pool.query(`select payload from mkt_wap_events where event = 'chat.merged'`);
    expect(merged.rows).toMatchObject([{ payload: { intoChatId: rows[0].chat_id } }]);
  });
});

describe('sending', () => {
  it('chooses the WhatsApp id at once and tells it in an event of the same commit', async () => {
    const message = await send(`+${ada.phone}`);
    expect(message.waId).toMatch(/^3EB0[0-9A-F]{18}$/);
    expect(message).toMatchObject({ status: 'queued', direction: 'out' });
    expect(await eventsOf(message.id)).toEqual(['message.created']);
  });

  it('answers one idempotency key with one message, however many ask at once', async () => {
    const sent = await Promise.all(
      Array.from({ length: 8 }, () => messages.send(ctx, { accountId, to: `+${ada.phone}`, text: 'one' }, 'key-1')),
    );
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1);
    expect(sent.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(send(`+${ada.phone}`, 'other', 'key-1')).rejects.toMatchObject({ code: 'idempotency_conflict' });
  });

  it('gives the next rows in order, without those in hand, and what was left sending apart', async () => {
    accountId = await insertAccount();
    const first = await send(`+${ada.phone}`, '1');
    const second = await send(`+${ada.phone}`, '2');
    const third = await send('+9990000000002', '3');
    await step(first.waId, 'sending');
    const due = async (inHand: string[]) => {
      const wanted = [{ accountId, lanes: TEN, inHand, asideChats: [] }];
      return (await dueMessages(database.pool, wanted, new Date())).get(accountId)?.map(({ id }) => id);
    };
    expect(await due([])).toEqual([second.id, third.id]);
    expect(await due([second.id])).toEqual([third.id]);
    const bounds = { after: 0, limit: 10, linkedAt: null, now: new Date() };
    const left = await unconfirmedMessages(database.pool, accountId, bounds);
    expect(left.map(({ id }) => id)).toEqual([first.id]);
  });

  it('refuses an account that is not linked, or not there, and a quoted message of another chat', async () => {
    const unlinked = await insertAccount();
    await database.pool.query(`update mkt_wap_accounts set linked = false where id = $1`, [unlinked]);
    const to = `+${ada.phone}`;
    await expect(messages.send(ctx, { accountId: unlinked, to, text: 'x' })).rejects.toMatchObject({
      code: 'account_not_linked',
    });
    await expect(messages.send(ctx, { accountId: randomUUID(), to, text: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const other = await send('+9990000000003');
    await expect(messages.send(ctx, { accountId, to, text: 'x', quotedMessageId: other.id })).rejects.toMatchObject({
      details: [expect.objectContaining({ field: 'quotedMessageId' })],
    });
  });

  it('shows an asker only what is theirs', async () => {
    const message = await send(`+${ada.phone}`);
    const other = { ...ctx, accounts: [randomUUID()] };
    await expect(messages.read(other, message.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await messages.list(other, { chatId: message.chatId, limit: 10 })).items).toEqual([]);
    await expect(messages.send(other, { accountId, to: '+9990000000001', text: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('what the network says of a message', () => {
  it('goes up and never back, in whatever order it comes', async () => {
    const message = await send(`+${ada.phone}`);
    await step(message.waId, 'sending');
    await receipt(message.waId, 'read');
    await step(message.waId, 'sent');
    await receipt(message.waId, 'delivered');
    const now = await messages.read(ctx, message.id);
    expect(now.status).toBe('read');
    expect(now.deliveredAt).not.toBeNull();
    expect(await eventsOf(message.id)).toEqual(['message.created', 'sending', 'read']);
  });

  it('lifts an unknown message by a receipt, and leaves a certain failure as it is', async () => {
    const lost = await send(`+${ada.phone}`);
    await step(lost.waId, 'unknown', { code: 'ack_timed_out', message: '', certain: false, mend: null });
    await receipt(lost.waId, 'delivered');
    expect(await messages.read(ctx, lost.id)).toMatchObject({ status: 'delivered', failure: null });

    const refused = await send(`+${ada.phone}`);
    await step(refused.waId, 'failed', { code: 'rejected', message: '', certain: true, mend: null });
    await step(refused.waId, 'sent');
    expect(await messages.read(ctx, refused.id)).toMatchObject({ status: 'failed', failure: { code: 'rejected' } });
  });
});
