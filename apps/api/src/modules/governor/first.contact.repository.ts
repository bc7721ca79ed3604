import type { Sql } from '../../database/database.js';
import type { FirstContact } from './account.governor.js';

export async function writeFirstContacts(
  sql: Sql,
  contacts: readonly (FirstContact & { accountId: string })[],
): Promise<void> {
  await sql.query(
    `insert into mkt_wap_first_contacts (message_id, account_id, at)
     select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) on conflict do nothing`,
    [contacts.map((each) => each.messageId), contacts.map((each) => each.accountId), contacts.map((each) => each.at)],
  );
}

/** Chats in which a first message arrived at WhatsApp: what follows there is no first contact. */
export async function writeKnownChats(sql: Sql, chats: readonly { chatId: string; at: Date }[]): Promise<void> {
  await sql.query(
    `update mkt_wap_chats c set known_since = least(c.known_since, n.at)
     from unnest($1::uuid[], $2::timestamptz[]) as n (id, at) where c.id = n.id`,
    [chats.map(({ chatId }) => chatId), chats.map(({ at }) => at)],
  );
}
