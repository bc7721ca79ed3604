import type { Sql } from '../../database/database.js';
import type { FirstContact } from './account.governor.js';

/** In order: one that was none is no row any more, and one that is made anew counts from then. */
export async function writeFirstContacts(
  sql: Sql,
  contacts: readonly (FirstContact & { accountId: string })[],
): Promise<void> {
  const last = [...new Map(contacts.map((each) => [each.messageId, each])).values()];
  const none = last.filter(({ at }) => at === null).map(({ messageId }) => messageId);
  const made = last.filter(({ at }) => at !== null);
  if (none.length > 0) await sql.query(`delete from mkt_wap_first_contacts where message_id = any($1)`, [none]);
  if (made.length === 0) return;
  await sql.query(
    `insert into mkt_wap_first_contacts (message_id, account_id, at)
     select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) on conflict (message_id) do update set at = excluded.at`,
    [made.map((each) => each.messageId), made.map((each) => each.accountId), made.map((each) => each.at)],
  );
}

/**
 * First messages that arrived at WhatsApp: what follows in their chats is no first contact. By the message, since its chat may
 * have gone into another meanwhile.
 */
export async function writeKnownChats(sql: Sql, arrived: readonly { messageId: string; at: Date }[]): Promise<void> {
  await sql.query(
    `update mkt_wap_chats c set known_since = least(c.known_since, n.at)
     from unnest($1::uuid[], $2::timestamptz[]) as n (id, at) join mkt_wap_messages m on m.id = n.id where c.id = m.chat_id`,
    [arrived.map(({ messageId }) => messageId), arrived.map(({ at }) => at)],
  );
}
