import { mergeOptOuts } from '../../governor/opt-outs/opt.out.merge.repository.js';
import { mergeProfiles } from '../profiles/profile.writer.js';
import type { Sql } from '../../../database/database.js';

/** All of chat `from` is in chat `into` now. */
export interface MergedChat {
  accountId: string;
  from: string;
  into: string;
}

interface Merge {
  from: string;
  into: string;
}

/**
 * Two rows turned out to be one person: everything of `from` goes to `into`. The row stays, without number and LID, and
 * says where it went (receipts still point to it). A message that both had is kept once.
 */
export async function mergePerson(sql: Sql, merge: Merge, now: Date): Promise<MergedChat[]> {
  await sql.query(
    `update mkt_wap_people set phone = null, lid = null, merged_into = $2, updated_at = $3 where id = $1`,
    [merge.from, merge.into, now],
  );
  await sql.query(`update mkt_wap_people set merged_into = $2 where merged_into = $1`, [merge.from, merge.into]);
  await mergeOptOuts(sql, merge, now);
  await mergeBlocks(sql, merge);
  await mergeSenders(sql, merge);
  await mergeParticipants(sql, merge);
  await mergeProfiles(sql, merge);
  await sql.query(`update mkt_wap_posts set person_id = $2 where person_id = $1`, [merge.from, merge.into]);
  return mergeChats(sql, merge);
}

async function mergeBlocks(sql: Sql, { from, into }: Merge): Promise<void> {
  await sql.query(
    `insert into mkt_wap_blocks (account_id, person_id, blocked_at)
     select account_id, $2, blocked_at from mkt_wap_blocks where person_id = $1 on conflict do nothing`,
    [from, into],
  );
  await sql.query(`delete from mkt_wap_blocks where person_id = $1`, [from]);
}

async function mergeSenders(sql: Sql, { from, into }: Merge): Promise<void> {
  await sql.query(
    `delete from mkt_wap_messages m using mkt_wap_messages k
     where m.sender_id = $1 and k.sender_id = $2 and k.account_id = m.account_id and k.wa_id = m.wa_id`,
    [from, into],
  );
  await sql.query(`update mkt_wap_messages set sender_id = $2 where sender_id = $1`, [from, into]);
}

async function mergeParticipants(sql: Sql, { from, into }: Merge): Promise<void> {
  await sql.query(
    `insert into mkt_wap_group_participants (group_id, person_id, role, since)
     select group_id, $2, role, since from mkt_wap_group_participants where person_id = $1
     on conflict (group_id, person_id) do nothing`,
    [from, into],
  );
  await sql.query(`delete from mkt_wap_group_participants where person_id = $1`, [from]);
}

async function mergeChats(sql: Sql, { from, into }: Merge): Promise<MergedChat[]> {
  const { rows } = await sql.query<MergedChat>(
    `select f.account_id as "accountId", f.id as from, i.id as into
     from mkt_wap_chats f join mkt_wap_chats i on i.account_id = f.account_id and i.person_id = $2
     where f.person_id = $1 order by f.account_id for update of f, i`,
    [from, into],
  );
  for (const chats of rows) await mergeChat(sql, chats);
  await sql.query(`update mkt_wap_chats set person_id = $2 where person_id = $1`, [from, into]);
  return rows;
}

async function mergeChat(sql: Sql, { from, into }: MergedChat): Promise<void> {
  await sql.query(`update mkt_wap_messages set chat_id = $2 where chat_id = $1`, [from, into]);
  await sql.query(
    `update mkt_wap_chats i set
       unread = i.unread + f.unread,
       last_message_id = case when f.last_activity_at > i.last_activity_at
         then coalesce(f.last_message_id, i.last_message_id) else coalesce(i.last_message_id, f.last_message_id) end,
       last_activity_at = greatest(i.last_activity_at, f.last_activity_at),
       created_at = least(i.created_at, f.created_at),
       known_since = least(i.known_since, f.known_since),
       heard_at = greatest(i.heard_at, f.heard_at),
       archived_at = case when f.archived_at is not null then i.archived_at end,
       pinned_at = coalesce(i.pinned_at, f.pinned_at),
       muted_until = greatest(i.muted_until, f.muted_until),
       marked_unread_at = coalesce(i.marked_unread_at, f.marked_unread_at)
     from mkt_wap_chats f where f.id = $1 and i.id = $2`,
    [from, into],
  );
  await sql.query(`delete from mkt_wap_chats where id = $1`, [from]);
}
