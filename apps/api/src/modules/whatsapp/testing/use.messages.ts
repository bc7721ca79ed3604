import type { Message, SendContent } from '@trunkline/contracts';
import { beforeAll } from 'vitest';
import { systemClock } from '../../../clock/clock.js';
import { transact } from '../../../database/transaction.js';
import { type SpecDatabase, useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import type { InboundMessage } from '../engines/engine.js';
import { MessageService } from '../messages/message.service.js';
import { dueMessages } from '../messages/outbound/outbox.repository.js';
import { type StatusStep, writeSteps } from '../messages/receipts/status.writer.js';
import { makeAccount } from './account.builder.js';
import { ada, inboundMessage, receiveInbound } from './inbound.builder.js';

export const ctx = systemCtx('spec');

/** What one account says to Ada and hears, with a database and no worker. Values are there from `beforeAll` on. */
export function useMessages() {
  const database = useDatabase();
  let accountId: string;
  let messages: MessageService;
  beforeAll(async () => {
    ({ id: accountId } = await makeAccount(database, { linked: true, status: 'active', connection: 'connected' }));
    messages = new MessageService(database, systemClock, new Notifier(database.pool));
  });
  const looks = looksInto(database);
  return {
    database,
    get accountId() {
      return accountId;
    },
    get messages() {
      return messages;
    },
    send: async (content: SendContent): Promise<Message> =>
      (await messages.send(ctx, { accountId, to: `+${ada.phone}`, content })).message,
    /** Answers its WhatsApp id. */
    receive: async (over: Partial<InboundMessage>): Promise<string> => {
      const message = inboundMessage(over);
      await receiveInbound(database, accountId, [message]);
      return message.waId;
    },
    read: async (waId: string): Promise<Message> => messages.read(ctx, await looks.idOf(waId)),
    /** What becomes of one that was sent. */
    step: (waId: string, status: StatusStep['status'], failure: StatusStep['failure'] = null) =>
      transact(database.pool, (sql) =>
        writeSteps(sql, [{ accountId, waId, status, at: new Date(), failure }], new Date()),
      ),
    /** As the engine is handed it; undefined while it has to wait. */
    claimed: async (id: string) => {
      const lanes = { reply: 99, direct: 99, first_contact: 99, campaign: 99, campaign_first_contact: 99 };
      const due = await dueMessages(database.pool, [{ accountId, lanes, inHand: [], asideChats: [] }], new Date());
      return due.get(accountId)?.find((row) => row.id === id)?.message;
    },
    ...looks,
  };
}

/** By the rows, and not by what the service makes of them. */
function looksInto(database: SpecDatabase) {
  const one = async (text: string, value: string) => (await database.pool.query(text, [value])).rows[0];
  return {
    idOf: async (waId: string): Promise<string> =>
      (await one(`select id from mkt_wap_messages where wa_id = $1`, waId)).id,
    rowOf: (waId: string) =>
      one(
        `select kind, content, raw, timestamp, media_id from mkt_wap_messages where wa_id = $1 and target_wa_id is null`,
        waId,
      ),
    updatesOf: async (id: string): Promise<number> =>
      (
        await one(
          `select count(*)::int as n from mkt_wap_events
           where event = 'message.updated' and payload -> 'message' ->> 'id' = $1`,
          id,
        )
      ).n,
  };
}
