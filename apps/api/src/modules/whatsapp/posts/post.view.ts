import type { Channel, Media, MessageContent, Post } from '@trunkline/contracts';
import { e164, type PhoneDigits } from '../jid.js';
import { mediaOfMessage } from '../media/media.view.js';
import { contentWithNames } from '../messages/mentions.js';

export interface PostRow {
  id: string;
  account_id: string;
  channel_id: string | null;
  wa_id: string;
  from_me: boolean;
  content: MessageContent;
  media: Media | null;
  posted_at: Date;
  expires_at: Date;
  person_id: string | null;
  phone: PhoneDigits | null;
  lid: string | null;
  push_name: string | null;
}

/** Of a post `o`, with its author. */
export const POST_COLUMNS = `o.id, o.account_id, o.channel_id, o.wa_id, o.from_me, ${contentWithNames('o')} as content, o.posted_at,
  ${mediaOfMessage('o')} as media, o.expires_at, o.person_id, p.phone, p.lid, p.push_name`;
export const POST_AUTHOR = `left join mkt_wap_people p on p.id = o.person_id`;

export function toPost(row: PostRow): Post {
  return {
    id: row.id,
    accountId: row.account_id,
    place: row.channel_id === null ? 'status' : 'channel',
    channelId: row.channel_id,
    waId: row.wa_id,
    author: authorOf(row),
    fromMe: row.from_me,
    content: row.content,
    media: row.media,
    timestamp: row.posted_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

function authorOf({ person_id: personId, phone, lid, push_name: name }: PostRow): Post['author'] {
  return personId === null ? null : { personId, phoneNumber: phone && e164(phone), lid, name };
}

export interface ChannelRow {
  id: string;
  account_id: string;
  wa_id: string;
  name: string | null;
  last_post_at: Date | null;
}

/** Of a channel `c`. */
export const CHANNEL_COLUMNS = `c.id, c.account_id, c.wa_id, c.name,
  (select max(posted_at) from mkt_wap_posts where channel_id = c.id) as last_post_at`;

export const toChannel = (row: ChannelRow): Channel => ({
  id: row.id,
  accountId: row.account_id,
  waId: row.wa_id,
  name: row.name,
  lastPostAt: row.last_post_at?.toISOString() ?? null,
});
