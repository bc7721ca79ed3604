import type { Sql } from '../database/database.js';

/** After the schema is this version's: what the rows of a backup could not say of themselves. */
export async function markRestored(sql: Sql, keepMedia: boolean, now: Date): Promise<void> {
  // The first 440 is the original's.
  await sql.query(`update mkt_wap_accounts set copied_from = 'backup' where linked and deleted_at is null`);
  if (!keepMedia) await forgetFiles(sql, now);
}

/** Files are not in a backup. What came with a message can be fetched from WhatsApp once more, when somebody wants it. */
async function forgetFiles(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `update mkt_wap_media set sha256 = null, attempts = 0, next_attempt_at = null, updated_at = $1,
       state = case when origin = 'in' and reference is not null then 'remote' else 'gone' end,
       problem = case when origin = 'in' and reference is not null then null
         else 'The file was not in the backup that this installation was restored from.' end
     where state in ('ready', 'downloading')`,
    [now],
  );
  // Pictures are asked for as anybody's that are not known yet.
  await sql.query(
    `update mkt_wap_profiles set picture_id = null, sha256 = null, size = null, mime = null,
       wanted_at = $1, next_attempt_at = $1, attempts = 0 where sha256 is not null`,
    [now],
  );
  await sql.query(`delete from mkt_wap_media_files`);
}
