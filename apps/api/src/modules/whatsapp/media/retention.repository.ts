/** What was kept long enough, or is too much: its rows say that it is gone; the library removes the files after that. */
import type { Media } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';
import { mediaJson } from './media.view.js';

/** What waits to be sent is not removed under its message. */
const FREE = `m.state = 'ready' and not exists (
  select from mkt_wap_media_uploads u where u.media_id = m.id and u.state = 'pending')`;

export interface Removed {
  media: Media;
}

export async function removeOlder(sql: Sql, before: Date, problem: string, now: Date): Promise<Media[]> {
  const { rows } = await sql.query<Removed>(
    `with media as (
       update mkt_wap_media m set state = 'gone', problem = $2, sha256 = null, updated_at = $3
       where m.id in (select m.id from mkt_wap_media m where m.ready_at < $1 and ${FREE} order by m.ready_at limit 500)
       returning m.*)
     select ${mediaJson('media')} as media from media`,
    [before, problem, now],
  );
  return rows.map(({ media }) => media);
}

/** The oldest, until so many bytes are free. What several name counts with the last of them. */
export async function removeOldest(sql: Sql, bytes: number, problem: string, now: Date): Promise<Media[]> {
  const { rows } = await sql.query<Removed>(
    `with oldest as (
       select m.id, sum(m.size) over (order by m.ready_at, m.id) - m.size as before
       from (select * from mkt_wap_media m where ${FREE} order by m.ready_at, m.id limit 500) m
     ), media as (
       update mkt_wap_media m set state = 'gone', problem = $2, sha256 = null, updated_at = $3
       from oldest where oldest.id = m.id and oldest.before < $1 returning m.*)
     select ${mediaJson('media')} as media from media`,
    [bytes, problem, now],
  );
  return rows.map(({ media }) => media);
}

/** Uploaded by somebody and sent by nobody for a day. */
export async function deleteUnsent(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from mkt_wap_media m where m.origin = 'out' and m.created_at < $1::timestamptz - make_interval(days => 1)
       and not exists (select from mkt_wap_media_uploads u where u.media_id = m.id)`,
    [now],
  );
}
