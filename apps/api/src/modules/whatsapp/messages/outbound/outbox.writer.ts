/**
 * What the owner of an account changes about messages that have not left, of one commit, into rows. It runs after the steps
 * of the same commit: what was taken before is not queued any more, and is left alone. Safe to run twice.
 */
import type { LinkPreview, MessageLane } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { storableJson } from '../../../../database/text.js';
import { lockChats } from '../../chats/chat.repository.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { announceMessages } from '../message.updated.js';
import { MESSAGE_COLUMNS, type MessageRow } from '../message.view.js';
import { announce, MOVED, type Moved } from '../receipts/status.writer.js';
import { laneIn } from './intake.repository.js';
import { WAITS } from './outbox.repository.js';

export type OutboxChange =
  /** By their ids, or all of a batch. */
  | { type: 'cancel'; ids: readonly string[] | null; batchId: string | null }
  | { type: 'expire' }
  /** Of a chat and lane. */
  | { type: 'hold'; chatId: string; lane: MessageLane; until: Date }
  /** Of the link of a text; null: it goes without one. */
  | { type: 'preview'; id: string; preview: LinkPreview | null }
  /** Nothing of the account leaves until then; null: it does again. */
  | { type: 'wait'; until: Date | null };

export interface OutboxEntry {
  accountId: string;
  data: OutboxChange;
}

export async function writeOutboxChanges(sql: Sql, entries: readonly OutboxEntry[], now: Date): Promise<void> {
  for (const { accountId, data } of entries) await writeOne(sql, accountId, data, now);
}

function writeOne(sql: Sql, accountId: string, change: OutboxChange, now: Date): Promise<void> {
  switch (change.type) {
    case 'cancel':
      return cancel(sql, accountId, change, now);
    case 'expire':
      return expire(sql, accountId, now);
    case 'hold':
      return hold(sql, accountId, change, now);
    case 'preview':
      return preview(sql, accountId, change, now);
    case 'wait':
      return wait(sql, accountId, change.until, now);
  }
}

async function cancel(
  sql: Sql,
  accountId: string,
  change: OutboxChange & { type: 'cancel' },
  now: Date,
): Promise<void> {
  const { rows } = await sql.query<Moved>(
    `update mkt_wap_messages m set status = 'cancelled', cancelled_at = $4, updated_at = $4, outbox = null,
       queued_reason = null, held_until = null
     where m.account_id = $1 and m.outbox is not null and ${WAITS} and (m.id = any($2) or m.batch_id = $3)
     returning ${MOVED}, m.updated_at as at`,
    [accountId, change.ids ?? [], change.batchId, now],
  );
  await announce(sql, rows, now);
}

/** Also used where nobody owns the account, with its lease locked. */
export async function expire(sql: Sql, accountId: string, now: Date): Promise<void> {
  const { rows } = await sql.query<Moved>(
    `update mkt_wap_messages m set status = 'expired', expired_at = $2, updated_at = $2, outbox = null,
       queued_reason = null, held_until = null
     where m.account_id = $1 and m.outbox is not null and ${WAITS} and m.not_after <= $2
     returning ${MOVED}, m.updated_at as at`,
    [accountId, now],
  );
  await announce(sql, rows, now);
}

async function hold(
  sql: Sql,
  accountId: string,
  { chatId, lane, until }: OutboxChange & { type: 'hold' },
  now: Date,
): Promise<void> {
  const { rows } = await sql.query<MessageRow>(
    `with m as (
       update mkt_wap_messages m set outbox = 'held', queued_reason = 'held', held_until = $4, updated_at = $5
       where account_id = $1 and chat_id = $2 and lane = $3 and outbox = 'due' and ${WAITS} returning *
     )
     select ${MESSAGE_COLUMNS} from m left join mkt_wap_people p on p.id = m.sender_id order by m.ordinal`,
    [accountId, chatId, lane, until, now],
  );
  await announceMessages(sql, rows, now);
}

async function preview(
  sql: Sql,
  accountId: string,
  { id, preview }: OutboxChange & { type: 'preview' },
  now: Date,
): Promise<void> {
  const { rows } = await sql.query<MessageRow>(
    `with m as (
       update mkt_wap_messages set updated_at = $4, content = case when $3::jsonb is null then content - 'preview'
         else jsonb_set(content, '{preview}', $3::jsonb) end
       where account_id = $1 and id = $2 and content -> 'preview' = 'null'::jsonb returning *
     )
     select ${MESSAGE_COLUMNS} from m left join mkt_wap_people p on p.id = m.sender_id`,
    [accountId, id, preview && storableJson(preview), now],
  );
  await announceMessages(sql, rows, now);
}

async function wait(sql: Sql, accountId: string, until: Date | null, now: Date): Promise<void> {
  const { rowCount } = await sql.query(
    `update mkt_wap_accounts set sends_again_at = $2 where id = $1 and sends_again_at is distinct from $2`,
    [accountId, until],
  );
  if (rowCount === 0) return;
  const payload = { waitsFor: until ? ('governor' as const) : null, until: until?.toISOString() ?? null };
  await appendEvents(sql, [newEvent('account.queue', accountId, payload, now)]);
}

const AT_ONCE = 500;

/** As it was asked for: what it is beside that follows from its chat. */
const WANTED = `case when t.lane like 'campaign%' then 'campaign' else 'direct' end`;

/**
 * Scheduled messages whose time has come take their place at the end of their chats, in the lane that is theirs now (what
 * would have answered somebody days ago is no reply any more), and live from now on where messages disappear. Held ones
 * whose hold is over wait in their places. Anybody may do this: what is due is still taken by the owner alone. Answers the accounts they are of.
 */
export async function promoteDue(sql: Sql, now: Date): Promise<string[]> {
  const { rows: found } = await sql.query<{ chat_id: string }>(
    `select chat_id from mkt_wap_messages where outbox = 'scheduled' and not_before <= $1 order by not_before limit $2`,
    [now, AT_ONCE],
  );
  const chatIds = [...new Set(found.map((row) => row.chat_id))];
  if (chatIds.length === 0) return [];
  await lockChats(sql, chatIds);
  const { rows } = await sql.query<MessageRow>(
    `with ripe as (
       select id from mkt_wap_messages where outbox = 'scheduled' and not_before <= $1 and chat_id = any($2)
       order by not_before, ordinal limit $3
     ), numbered as (select id, nextval('mkt_wap_messages_ordinal_seq') as ordinal from ripe),
     m as (
       update mkt_wap_messages t set outbox = 'due', queued_reason = null, ordinal = numbered.ordinal, timestamp = $1,
         updated_at = $1, lane = ${laneIn(WANTED, '$1')}, expires_at = t.expires_at + ($1 - t.timestamp)
       from numbered, mkt_wap_chats c
       where t.id = numbered.id and c.id = t.chat_id and t.outbox = 'scheduled' and t.status = 'queued' returning t.*
     ), last as (
       update mkt_wap_chats c set last_message_id = n.id, last_activity_at = greatest(c.last_activity_at, $1)
       from (select distinct on (chat_id) chat_id, id from m order by chat_id, ordinal desc) n where c.id = n.chat_id
     )
     select ${MESSAGE_COLUMNS} from m left join mkt_wap_people p on p.id = m.sender_id order by m.ordinal`,
    [now, chatIds, AT_ONCE],
  );
  await announceMessages(sql, rows, now);
  return [...new Set(rows.map((row) => row.account_id))];
}

export async function releaseHeld(sql: Sql, now: Date): Promise<string[]> {
  const { rows: ripe } = await sql.query<{ id: string }>(
    `select id from mkt_wap_messages where outbox = 'held' and held_until <= $1 order by held_until limit $2`,
    [now, AT_ONCE],
  );
  if (ripe.length === 0) return [];
  const { rows } = await sql.query<MessageRow>(
    `with m as (
       update mkt_wap_messages set outbox = 'due', queued_reason = null, held_until = null, updated_at = $1
       where id = any($2) and outbox = 'held' returning *
     )
     select ${MESSAGE_COLUMNS} from m left join mkt_wap_people p on p.id = m.sender_id order by m.ordinal`,
    [now, ripe.map(({ id }) => id)],
  );
  await announceMessages(sql, rows, now);
  return [...new Set(rows.map((row) => row.account_id))];
}
