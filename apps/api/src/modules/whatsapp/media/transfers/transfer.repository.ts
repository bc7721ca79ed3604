import type { MediaType } from '../../engines/media.js';
import type { Sql } from '../../../../database/database.js';

export interface DueDownload {
  id: string;
  attempts: number;
  /** How often the phone was asked for it. */
  asked: number;
  mime: string;
  /** Sealed. */
  reference: Buffer;
  /** Of the message that brought it, as WhatsApp knows it; null when the message is gone. */
  wa_id: string | null;
  direction: 'in' | 'out' | null;
  group_wa_id: string | null;
  chat_phone: string | null;
  chat_lid: string | null;
  sender_phone: string | null;
  sender_lid: string | null;
}

/** When the first file of each account is to be moved, in hand or not; those without any are left out. */
export async function firstTransfers(sql: Sql, accountIds: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql.query<{ id: string; at: Date }>({
    name: 'first-transfers',
    text: `select id, min(at) as at from (
        select account_id as id, coalesce(next_attempt_at, created_at) as at from mkt_wap_media
          where account_id = any($1) and state in ('pending', 'downloading')
        union all
        select account_id, next_attempt_at from mkt_wap_media_uploads where account_id = any($1) and state = 'pending'
      ) waiting group by id`,
    values: [accountIds],
  });
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/**
 * What the account has to fetch, without what is in hand. `downloading` that is not in hand was left by a process that died:
 * it begins anew.
 */
export async function dueDownloads(
  sql: Sql,
  accountId: string,
  inHand: readonly string[],
  limit: number,
  now: Date,
): Promise<DueDownload[]> {
  const { rows } = await sql.query<DueDownload>({
    name: 'due-downloads',
    text: `select media.id, media.attempts, media.asked, media.mime, media.reference, m.wa_id, m.direction, g.wa_id as group_wa_id,
        p.phone as chat_phone, p.lid as chat_lid, s.phone as sender_phone, s.lid as sender_lid
      from mkt_wap_media media
      left join mkt_wap_messages m on m.id = media.message_id
      left join mkt_wap_chats c on c.id = m.chat_id
      left join mkt_wap_groups g on g.id = c.group_id
      left join mkt_wap_people p on p.id = c.person_id
      left join mkt_wap_people s on s.id = m.sender_id
      where media.account_id = $1 and media.state in ('pending', 'downloading') and media.reference is not null
        and (media.next_attempt_at is null or media.next_attempt_at <= $4) and media.id <> all($2)
      order by media.next_attempt_at, media.id limit $3`,
    values: [accountId, inHand, limit, now],
  });
  return rows;
}

export interface DueUpload {
  media_id: string;
  type: MediaType;
  attempts: number;
  state: string;
  sha256: string | null;
}

export async function dueUploads(
  sql: Sql,
  accountId: string,
  inHand: readonly string[],
  limit: number,
  now: Date,
): Promise<DueUpload[]> {
  const { rows } = await sql.query<DueUpload>({
    name: 'due-uploads',
    text: `select u.media_id, u.type, u.attempts, media.state, media.sha256
      from mkt_wap_media_uploads u join mkt_wap_media media on media.id = u.media_id
      where u.account_id = $1 and u.state = 'pending' and u.next_attempt_at <= $4
        and (u.media_id || ' ' || u.type) <> all($2)
      order by u.next_attempt_at, u.media_id limit $3`,
    values: [accountId, inHand, limit, now],
  });
  return rows;
}
