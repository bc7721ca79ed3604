import type { Message, MessageContent, MessageKind, Network } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { storableJson } from '../../../../database/text.js';
import type { Ctx } from '../../../auth/ctx.js';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from '../message.view.js';
import { newWaId } from './wa.id.js';

export interface SendingAccount {
  id: string;
  network: Network;
  linked: boolean;
  status: string;
  connected: boolean;
}

/** The account that is to send, as `ctx` may use it. */
export async function findSendingAccount(sql: Sql, ctx: Ctx, id: string): Promise<SendingAccount | undefined> {
  const { rows } = await sql.query<SendingAccount>(
    `select id, network, linked, status, connection = 'connected' as connected from mkt_wap_accounts
     where id = $1 and deleted_at is null and ($2::uuid[] is null or id = any($2))`,
    [id, ctx.accounts === 'all' ? null : ctx.accounts],
  );
  return rows[0];
}

export async function findAccountChat(sql: Sql, accountId: string, chatId: string): Promise<boolean> {
  const { rowCount } = await sql.query(`select from mkt_wap_chats where id = $1 and account_id = $2`, [
    chatId,
    accountId,
  ]);
  return rowCount === 1;
}

/** What a reply quotes: WhatsApp's id of a message of the same chat. */
export async function findQuoted(sql: Sql, chatId: string, messageId: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ wa_id: string }>(
    `select wa_id from mkt_wap_messages where id = $1 and chat_id = $2`,
    [messageId, chatId],
  );
  return rows[0]?.wa_id;
}

export interface Target {
  waId: string;
  direction: 'in' | 'out';
  kind: MessageKind;
}

/** What is to be forwarded: a message of any chat of the account, as it was written. */
export async function findForwarded(
  sql: Sql,
  accountId: string,
  messageId: string,
): Promise<{ content: MessageContent; forwardingScore: number } | undefined> {
  const { rows } = await sql.query<{ content: MessageContent; forwardingScore: number }>(
    `select content, forwarding_score as "forwardingScore" from mkt_wap_messages where id = $1 and account_id = $2`,
    [messageId, accountId],
  );
  return rows[0];
}

/** What a reaction, an edit, a deletion or a vote is about. */
export async function findTarget(sql: Sql, chatId: string, messageId: string): Promise<Target | undefined> {
  const { rows } = await sql.query<Target>(
    `select wa_id as "waId", direction, kind from mkt_wap_messages where id = $1 and chat_id = $2`,
    [messageId, chatId],
  );
  return rows[0];
}

/** An answer within a day of what was last written there is a reply, whoever writes it. */
const LANE = `case when c.heard_at > $9::timestamptz - interval '1 day' and $10 = 'direct' then 'reply'
  when c.person_id is not null and c.known_since is null then case $10 when 'campaign' then 'campaign_first_contact' else 'first_contact' end
  else $10 end`;

/** A new row of the outbox, with its WhatsApp id chosen. */
export async function insertOutbound(
  sql: Sql,
  message: {
    id: string;
    accountId: string;
    chatId: string;
    content: MessageContent;
    forwardingScore: number;
    quotedWaId: string | null;
    queuedReason: Message['queuedReason'];
    lane: 'direct' | 'campaign';
    notAfter?: Date;
    now: Date;
  },
): Promise<Message> {
  const { rows } = await sql.query<MessageRow>(
    `with m as (
       insert into mkt_wap_messages (id, account_id, chat_id, direction, wa_id, kind, content, quoted_wa_id,
         forwarding_score, expires_at, status, queued_reason, lane, not_after, timestamp, created_at, updated_at)
       select $1, c.account_id, c.id, 'out', $4, $5, $6, $7, $11,
         $9::timestamptz + make_interval(secs => c.ephemeral_seconds), 'queued', $8, ${LANE}, $12, $9, $9, $9
       from mkt_wap_chats c where c.id = $3 and c.account_id = $2 returning *
     )
     select ${MESSAGE_COLUMNS} from m left join mkt_wap_people p on p.id = m.sender_id`,
    [
      message.id,
      message.accountId,
      message.chatId,
      newWaId(),
      message.content.kind,
      storableJson(message.content),
      message.quotedWaId,
      message.queuedReason,
      message.now,
      message.lane,
      message.forwardingScore,
      message.notAfter ?? null,
    ],
  );
  return toMessage(rows[0]!);
}

export interface IdempotencyKey {
  /** Who asked: kind and id of the actor. */
  scope: string;
  accountId: string;
  key: string;
  /** SHA-256 of the request, in hex. */
  bodyHash: string;
}

/**
 * Takes a key for a message that is about to be made. While another request with the key is in flight this waits for its
 * commit or rollback. Answers what the key already stands for, or undefined when it is now ours.
 */
export async function takeIdempotencyKey(
  sql: Sql,
  key: IdempotencyKey,
  messageId: string,
  now: Date,
): Promise<{ messageId: string; bodyHash: string } | undefined> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_idempotency_keys (scope, account_id, key, body_hash, message_id, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [key.scope, key.accountId, key.key, key.bodyHash, messageId, now],
  );
  if (rowCount === 1) return undefined;
  const { rows } = await sql.query<{ messageId: string; bodyHash: string }>(
    `select message_id as "messageId", body_hash as "bodyHash" from mkt_wap_idempotency_keys
     where scope = $1 and account_id = $2 and key = $3`,
    [key.scope, key.accountId, key.key],
  );
  return rows[0];
}

/** Keys older than this are forgotten. */
export const IDEMPOTENCY_DAYS = 7;

export async function forgetIdempotencyKeys(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from mkt_wap_idempotency_keys where created_at < $1::timestamptz - make_interval(days => $2)`,
    [now, IDEMPOTENCY_DAYS],
  );
}
