import type { Message, MessageContent, MessageKind, Network } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { storableJson } from '../../../../database/text.js';
import { allowedAccounts, type Ctx, demandAccount } from '../../../auth/ctx.js';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from '../message.view.js';
import { newWaId } from './wa.id.js';

export interface SendingAccount {
  id: string;
  network: Network;
  linked: boolean;
  connected: boolean;
  /** Whether a text gets a preview of its link that does not say itself. */
  linkPreviews: boolean;
}

/** The accounts that are to send, as `ctx` may use them. */
export async function findSendingAccounts(
  sql: Sql,
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, SendingAccount>> {
  const { rows } = await sql.query<SendingAccount>({
    name: 'sending-accounts',
    text: `select id, network, linked, connection = 'connected' as connected,
        coalesce(m.link_previews, false) as "linkPreviews"
      from mkt_wap_accounts left join mkt_wap_account_messaging m on m.account_id = id
      where id = any($1) and deleted_at is null and ($2::uuid[] is null or id = any($2))`,
    values: [ids, allowedAccounts(ctx)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whose these chats are. */
export async function findAccountChats(sql: Sql, ctx: Ctx, chatIds: readonly string[]): Promise<Map<string, string>> {
  if (chatIds.length === 0) return new Map();
  const { rows } = await sql.query<{ id: string; account_id: string }>({
    name: 'account-chats',
    text: `select id, account_id from mkt_wap_chats where id = any($1) and ($2::uuid[] is null or account_id = any($2))`,
    values: [chatIds, allowedAccounts(ctx)],
  });
  return new Map(rows.map((row) => [row.id, row.account_id]));
}

/** What replies quote: chat, and WhatsApp's id, of these messages. */
export async function findQuotedMessages(
  sql: Sql,
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, { chatId: string; waId: string }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql.query<{ id: string; chatId: string; waId: string }>({
    name: 'quoted-messages',
    text: `select id, chat_id as "chatId", wa_id as "waId" from mkt_wap_messages
      where id = any($1) and ($2::uuid[] is null or account_id = any($2))`,
    values: [ids, allowedAccounts(ctx)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

export interface Target {
  waId: string;
  direction: 'in' | 'out';
  kind: MessageKind;
  captioned: boolean;
}

/** What is to be forwarded: a message of any chat of the account, as it reads now. */
export async function findForwarded(
  sql: Sql,
  ctx: Ctx,
  accountId: string,
  messageId: string,
): Promise<Message | undefined> {
  demandAccount(ctx, accountId);
  const { rows } = await sql.query<MessageRow>(
    `select ${MESSAGE_COLUMNS} from mkt_wap_messages m left join mkt_wap_people p on p.id = m.sender_id
     where m.id = $1 and m.account_id = $2`,
    [messageId, accountId],
  );
  return rows[0] && toMessage(rows[0]);
}

/** What a reaction, an edit, a deletion or a vote is about. */
export async function findTarget(sql: Sql, ctx: Ctx, chatId: string, messageId: string): Promise<Target | undefined> {
  const { rows } = await sql.query<Target>(
    `select wa_id as "waId", direction, kind, content ? 'caption' as captioned from mkt_wap_messages
     where id = $1 and chat_id = $2 and ($3::uuid[] is null or account_id = any($3))`,
    [messageId, chatId, allowedAccounts(ctx)],
  );
  return rows[0];
}

/** Of a message in chat `c`: an answer within a day of what was last written there is a reply, whoever writes it. */
export const laneIn = (wanted: string, now: string): string => `case
  when c.heard_at > ${now}::timestamptz - interval '1 day' and ${wanted} = 'direct' then 'reply'
  when c.person_id is not null and c.known_since is null
    then case ${wanted} when 'campaign' then 'campaign_first_contact' else 'first_contact' end
  else ${wanted} end`;

export interface NewOutbound {
  id: string;
  accountId: string;
  chatId: string;
  content: MessageContent;
  forwardingScore: number;
  lane: 'direct' | 'campaign';
  quotedWaId: string | null;
  viewOnce?: boolean;
  typing?: boolean;
  retryOf: string | null;
  notBefore: Date | null;
  notAfter: Date | null;
}

/** New rows of the outbox in this order, with their WhatsApp ids chosen. */
export async function insertOutbound(
  sql: Sql,
  messages: readonly NewOutbound[],
  batchId: string | null,
  now: Date,
): Promise<Message[]> {
  const { rows } = await sql.query<MessageRow>({
    name: 'insert-outbound',
    text: `with m as (
        insert into mkt_wap_messages (id, account_id, chat_id, direction, wa_id, kind, content, quoted_wa_id, retry_of,
          not_before, not_after, forwarding_score, view_once, typing, expires_at, lane, status, outbox, queued_reason, batch_id, timestamp, created_at, updated_at)
        select new.id, new.account_id, chat_id, 'out', wa_id, content ->> 'kind', content, quoted, retry_of, not_before,
          not_after, new.score, new.view_once, new.typing, $11::timestamptz + make_interval(secs => c.ephemeral_seconds), ${laneIn('new.lane', '$11')}, 'queued', case when not_before > $11 then 'scheduled' else 'due' end,
          case when not_before > $11 then 'scheduled' end, $10, $11, $11, $11
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::jsonb[], $6::text[], $7::uuid[], $8::timestamptz[],
          $9::timestamptz[], $12::text[], $13::int[], $14::boolean[], $15::boolean[]) with ordinality
          as new (id, account_id, chat_id, wa_id, content, quoted, retry_of, not_before, not_after, lane, score, view_once, typing, place)
        join mkt_wap_chats c on c.id = new.chat_id
        order by place
        returning *
      )
      select ${MESSAGE_COLUMNS} from m left join mkt_wap_people p on p.id = m.sender_id order by m.ordinal`,
    values: [
      messages.map(({ id }) => id),
      messages.map(({ accountId }) => accountId),
      messages.map(({ chatId }) => chatId),
      messages.map(() => newWaId()),
      messages.map(({ content }) => storableJson(content)),
      messages.map(({ quotedWaId }) => quotedWaId),
      messages.map(({ retryOf }) => retryOf),
      messages.map(({ notBefore }) => notBefore),
      messages.map(({ notAfter }) => notAfter),
      batchId,
      now,
      messages.map(({ lane }) => lane),
      messages.map(({ forwardingScore }) => forwardingScore),
      messages.map(({ viewOnce = false }) => viewOnce),
      messages.map(({ typing = false }) => typing),
    ],
  });
  return rows.map(toMessage);
}
