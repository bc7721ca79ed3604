import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { SendContent } from '@trunkline/contracts';
import { systemClock } from '../../../clock/clock.js';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import type { InboundMessage } from '../engines/engine.js';
import type { PersonAddress, PhoneDigits } from '../jid.js';
import { writeInbound } from './inbound/inbound.writer.js';
import { MessageService } from './message.service.js';
import { claimOutbox } from './outbound/claim.repository.js';

const database = useDatabase();
const ctx = systemCtx('spec');
const ada: PersonAddress = { phone: '9990000000001' as PhoneDigits, lid: null };
const to = `+${ada.phone}`;

let accountId: string;
let messages: MessageService;

beforeAll(async () => {
  accountId = randomUUID();
  await database.pool.query(
    `insert into mkt_wap_accounts (id, network, name, linked, status, connection, since, created_at, updated_at)
     values ($1, 'sandbox', 'spec', true, 'active', 'connected', now(), now(), now())`,
    [accountId],
  );
  messages = new MessageService(database, systemClock, new Notifier(database.pool));
});

const send = (content: SendContent) => messages.send(ctx, { accountId, to, content }).then(({ message }) => message);

async function receive(over: Partial<InboundMessage>): Promise<string> {
  const waId = randomUUID();
  const message: InboundMessage = {
    waId,
    chat: ada,
    sender: ada,
    senderName: 'Ada',
    fromMe: false,
    content: { kind: 'text', text: 'hi' },
    quotedWaId: null,
    at: Date.now(),
    history: false,
    raw: new Uint8Array([1]),
    ...over,
  };
  const entry = { accountId, network: 'sandbox' as const, message };
  await transact(database.pool, (sql) =>
    writeInbound(sql, [entry], (_account, _id, raw) => Buffer.from(raw), new Date()),
  );
  return waId;
}

const idOf = async (waId: string): Promise<string> =>
  (await database.pool.query(`select id from mkt_wap_messages where wa_id = $1`, [waId])).rows[0].id;

const claimed = async (id: string) => {
  const lanes = { reply: 99, direct: 99, first_contact: 99, campaign: 99, campaign_first_contact: 99 };
  const bounds = { inHand: [], resend: false, lanes, asideChats: [], now: new Date() };
  const rows = await claimOutbox(database.pool, accountId, bounds);
  return rows.find((row) => row.id === id)?.message;
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
