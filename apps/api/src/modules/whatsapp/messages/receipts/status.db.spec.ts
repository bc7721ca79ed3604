/** How far a message came, with the time of each step, and with whom. */
import type { Message } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { transact } from '../../../../database/transaction.js';
import { resolvePeople } from '../../contacts/people.repository.js';
import type { GroupJid, PersonAddress, PhoneDigits } from '../../jid.js';
import { ada } from '../../testing/inbound.builder.js';
import { ctx, useMessages } from '../../testing/use.messages.js';
import { describeFailure } from '../failure.js';
import { writeReceipts } from './receipt.writer.js';
import { type StatusStep, writeSteps } from './status.writer.js';

const its = useMessages();
const { database, read } = its;
const bob: PersonAddress = { phone: '9990000000002' as PhoneDigits, lid: null };
const network = 'sandbox';
const minute = (n: number) => `2026-05-01T10:${String(n).padStart(2, '0')}:00.000Z`;

const text = () => its.send({ kind: 'text', text: 'hello' });
const step = (message: Message, status: StatusStep['status'], at: number, failure: StatusStep['failure'] = null) =>
  transact(database.pool, (sql) =>
    writeSteps(
      sql,
      [{ accountId: its.accountId, waId: message.waId, status, at: new Date(minute(at)), failure }],
      new Date(),
    ),
  );
const receipt = (
  message: Message,
  status: 'delivered' | 'read' | 'played',
  at: number,
  { by = ada, chat = ada }: { by?: PersonAddress; chat?: PersonAddress | GroupJid } = {},
) =>
  transact(database.pool, (sql) =>
    writeReceipts(
      sql,
      [
        {
          accountId: its.accountId,
          network,
          receipt: { type: 'receipt', waIds: [message.waId], by, chat, status, at: Date.parse(minute(at)) },
        },
      ],
      new Date(),
    ),
  );

it('has the time of each status that a message came to, and keeps the first of each', async () => {
  const message = await text();
  await step(message, 'sending', 1);
  await step(message, 'unknown', 2, describeFailure({ code: 'ack_timed_out', certain: false }));
  await step(message, 'sent', 3);
  for (const at of [4, 14]) await receipt(message, 'delivered', at);
  for (const at of [5, 15]) await receipt(message, 'read', at);
  for (const at of [6, 16]) await receipt(message, 'played', at);
  await receipt(message, 'read', 17);
  await step(message, 'sent', 18);
  expect(await read(message.waId)).toMatchObject({
    status: 'played',
    failure: null,
    sendingAt: minute(1),
    unknownAt: minute(2),
    sentAt: minute(3),
    deliveredAt: minute(4),
    readAt: minute(5),
    playedAt: minute(6),
    failedAt: null,
    cancelledAt: null,
    expiredAt: null,
  });
});

it('fills in what must have been before, when only the last is told', async () => {
  const message = await text();
  await step(message, 'sending', 1);
  await receipt(message, 'played', 7);
  const all = { sentAt: minute(7), deliveredAt: minute(7), readAt: minute(7), playedAt: minute(7) };
  expect(await read(message.waId)).toMatchObject({ status: 'played', ...all });
});

it('has the time of a failure, and none of what never was', async () => {
  const message = await text();
  await step(message, 'sending', 1);
  await step(message, 'failed', 2, describeFailure({ code: 'not_on_whatsapp', certain: true }));
  expect(await read(message.waId)).toMatchObject({ status: 'failed', failedAt: minute(2), sentAt: null });
  // Nothing can have arrived: whose receipt that is, it is none of this.
  await receipt(message, 'delivered', 3);
  expect(await read(message.waId)).toMatchObject({ status: 'failed', deliveredAt: null });
});

it('moves in a group when every other member has come as far, and tells how far each is', async () => {
  const group = '120363000000000042@g.us' as GroupJid;
  const { message } = await its.messages.send(ctx, { accountId: its.accountId, to: group, text: 'to all' });
  const people = await transact(database.pool, (sql) => resolvePeople(sql, network, [ada, bob], new Date()));
  await database.pool.query(
    `insert into mkt_wap_group_participants (group_id, person_id, role, since)
     select c.group_id, p, 'member', now() from mkt_wap_chats c, unnest($2::uuid[]) p where c.id = $1`,
    [message.chatId, [...people.ids.values()]],
  );
  await step(message, 'sending', 1);
  await step(message, 'sent', 2);
  const status = async () => (await read(message.waId)).status;
  await receipt(message, 'played', 3, { chat: group });
  expect(await status()).toBe('sent');
  await receipt(message, 'delivered', 4, { chat: group, by: bob });
  expect(await status()).toBe('delivered');
  await receipt(message, 'read', 5, { chat: group, by: bob });
  expect(await read(message.waId)).toMatchObject({ status: 'read', deliveredAt: minute(4), readAt: minute(5) });
  const { items } = await its.messages.receipts(ctx, message.id, { limit: 10 });
  const times = items.map(({ phoneNumber, deliveredAt, readAt, playedAt }) => [
    phoneNumber,
    deliveredAt,
    readAt,
    playedAt,
  ]);
  expect(times.toSorted()).toEqual([
    [`+${ada.phone}`, minute(3), minute(3), minute(3)],
    [`+${bob.phone}`, minute(4), minute(5), null],
  ]);
});
