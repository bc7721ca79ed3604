import type { Sql } from '../database/database.js';
import { RATCHETS } from '../modules/whatsapp/sessions/generation.js';
import type { BackupHead } from './backup.format.js';

/**
 * After the rows of a backup are in: every account is offline until a person says so, nobody owns one, and the ratchets are
 * gone, since the original has gone on with them and a counter would be used twice. Answers how many accounts.
 */
export async function quietAccounts(sql: Sql, { createdAt }: BackupHead, now: Date): Promise<number> {
  const note =
    `Restored from a backup of ${createdAt}. Connect it when the original does not run any more: ` +
    'WhatsApp throws both out when two use one session.';
  await sql.query(`update mkt_wap_leases set owner = null`);
  await sql.query(`delete from mkt_wap_session_records where kind = any($1)`, [[...RATCHETS]]);
  const { rowCount } = await sql.query(
    `update mkt_wap_accounts set wanted = 'offline', connection = 'offline', attempt = 0,
       status = case when status = 'banned' then status else 'inactive' end,
       reason = case when status = 'banned' then reason else 'none' end,
       user_action = case when status = 'banned' then user_action when linked then 'reconnect' else 'retry_initialize' end,
       status_note = case when status = 'banned' then status_note when linked then $1 else status_note end,
       linking_since = null, deadline = null, deadline_kind = null, next_attempt_at = null, since = $2, updated_at = $2
     where deleted_at is null`,
    [note, now],
  );
  return rowCount ?? 0;
}
