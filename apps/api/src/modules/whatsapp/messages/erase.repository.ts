/**
 * Deletes what messages said, where it was deleted for everyone, has disappeared or was kept long enough: content, raw bytes, the words of its
 * edits, and the file where no other message has it. That there was one, of which kind, by whom and when, stays
 * (docs/decisions/deleting.md).
 */
import type { ContentOf, Media } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { mediaJson } from '../media/media.view.js';
import { isDeleted } from './changes.js';
import { findTargets, type TargetKey } from './message.updated.js';
import { MESSAGE_COLUMNS, type MessageRow } from './message.view.js';

type Gone = ContentOf<'gone'>;

/** One on its way is needed until WhatsApp has it. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['queued', 'sending', 'unknown']);

/** Of these messages, those that were deleted for everyone say nothing from here on, however late their deletion comes. */
export async function obeyDeletions(sql: Sql, targets: readonly TargetKey[], now: Date): Promise<void> {
  if (targets.length === 0) return;
  const rows = (await findTargets(sql, targets)).filter((row) =>
    isDeleted({ content: row.content, senderId: row.sender_id }, row.changes ?? []),
  );
  const later = rows.filter(({ status }) => ON_ITS_WAY.has(status));
  const ids = rows.filter((row) => !later.includes(row)).map(({ id }) => id);
  await eraseMessages(sql, ids, 'deleted', now);
  if (later.length > 0) await eraseLater(sql, later, now);
}

/** By the chore that deletes what has disappeared, once it is not on its way any more. */
async function eraseLater(sql: Sql, rows: readonly MessageRow[], now: Date): Promise<void> {
  await sql.query(`update mkt_wap_messages set expires_at = $2, updated_at = $2 where id = any($1)`, [
    rows.map(({ id }) => id),
    now,
  ]);
}

export async function eraseMessages(
  sql: Sql,
  ids: readonly string[],
  why: Gone['why'],
  now: Date,
): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql.query<MessageRow & { had_media: string | null }>(
    `with old as (select id, media_id from mkt_wap_messages where id = any($1) for update),
     m as (
       update mkt_wap_messages m set content = jsonb_build_object('kind', 'gone', 'why', $2::text), raw = null,
         expires_at = null, updated_at = $3
       from old where m.id = old.id returning m.*
     )
     select ${MESSAGE_COLUMNS}, old.media_id as had_media from m join old on old.id = m.id
     left join mkt_wap_people p on p.id = m.sender_id order by m.ordinal`,
    [ids, why, now],
  );
  await eraseEdits(sql, ids, now);
  await eraseFiles(
    sql,
    rows.flatMap(({ had_media: media }) => media ?? []),
    why,
    now,
  );
  return rows;
}

async function eraseEdits(sql: Sql, ids: readonly string[], now: Date): Promise<void> {
  await sql.query(
    `update mkt_wap_messages e set content = jsonb_set(e.content, '{text}', '""'), raw = null, updated_at = $2
     from mkt_wap_messages m where m.id = any($1) and e.chat_id = m.chat_id and e.target_wa_id = m.wa_id
       and e.kind = 'edit' and e.status not in ('queued', 'sending', 'unknown')`,
    [ids, now],
  );
}

const PROBLEM: Record<Gone['why'], string> = {
  deleted: 'It was deleted for everyone.',
  expired: 'It disappeared with its message.',
  removed: 'It was removed here with its message, by age.',
};

/** The file itself is removed by the library's sweep, as no row names it. */
async function eraseFiles(sql: Sql, ids: readonly string[], why: Gone['why'], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql.query<{ media: Media }>(
    `with media as (
       update mkt_wap_media f set state = 'gone', problem = $2, sha256 = null, file_name = null, thumbnail = null,
         waveform = null, reference = null, next_attempt_at = null, updated_at = $3
       where f.id = any($1) and not exists (select from mkt_wap_messages o where o.media_id = f.id) returning f.*
     ), uploads as (delete from mkt_wap_media_uploads u using media where u.media_id = media.id)
     select ${mediaJson('media')} as media from media`,
    [ids, PROBLEM[why], now],
  );
  await appendEvents(
    sql,
    rows.map(({ media }) => newEvent('media.updated', media.accountId, { media }, now)),
  );
}
