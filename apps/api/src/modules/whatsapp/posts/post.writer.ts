/**
 * Posts of one commit, of many accounts, into rows. Idempotent: what is delivered again finds its row. An edit or a deletion
 * changes the row of its own author, or of its own channel, and no other's; one that comes before its post finds none and is
 * lost, which a post of a day can bear.
 */
import { isDeepStrictEqual } from 'node:util';
import { hasMedia, type Media, type Network } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { storableJson, storableText } from '../../../database/text.js';
import { announceMergedChats } from '../chats/chat.merged.js';
import { personKey, resolvePeople } from '../contacts/people.repository.js';
import type { InboundPost } from '../engines/engine.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import type { ChannelJid, PersonAddress } from '../jid.js';
import { insertInboundMedia } from '../media/inbound.media.writer.js';
import { deleteFiles } from '../media/media.repository.js';
import { withWords } from '../messages/changes.js';
import type { InboundSeals } from '../messages/inbound/inbound.writer.js';
import {
  CHANNEL_COLUMNS,
  type ChannelRow,
  POST_AUTHOR,
  POST_COLUMNS,
  type PostRow,
  toChannel,
  toPost,
} from './post.view.js';

const DAY_MS = 24 * 3_600_000;
/** Milliseconds. WhatsApp shows a status for a day, and keeps channels on its own servers. */
const LIFE = { status: DAY_MS, channel: 30 * DAY_MS };

export interface PostEntry {
  accountId: string;
  network: Network;
  post: InboundPost;
}

export async function writePosts(
  sql: Sql,
  entries: readonly PostEntry[],
  seals: InboundSeals,
  now: Date,
): Promise<void> {
  // One at a time and in order: they are few, and an edit may follow its post in one commit.
  for (const entry of entries) {
    const { content } = entry.post;
    if (content.kind === 'delete') await remove(sql, entry, content.targetWaId, now);
    else if (content.kind === 'edit') await edit(sql, entry, { waId: content.targetWaId, text: content.text }, now);
    else await insert(sql, entry, seals, now);
  }
}

const expiryOf = ({ at, place }: InboundPost): Date => new Date(at + (place === 'status' ? LIFE.status : LIFE.channel));

async function insert(sql: Sql, entry: PostEntry, seals: InboundSeals, now: Date): Promise<void> {
  const { accountId, post } = entry;
  const expiresAt = expiryOf(post);
  if (expiresAt <= now) return;
  const channelId = post.place === 'status' ? null : await channelOf(sql, accountId, post.place, now);
  const personId = await authorOf(sql, entry, now);
  const mediaId = post.media ? uuid() : null;
  const content = mediaId && hasMedia(post.content) ? { ...post.content, mediaId } : post.content;
  const { rows } = await sql.query<PostRow>(
    `with o as (
       insert into mkt_wap_posts (id, account_id, channel_id, person_id, source, wa_id, from_me, content, media_id, raw,
         posted_at, expires_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning *
     )
     select ${POST_COLUMNS} from o ${POST_AUTHOR}`,
    [
      uuid(),
      accountId,
      channelId,
      personId,
      sourceOf(post),
      post.waId,
      post.fromMe,
      storableJson(content),
      mediaId,
      seals.raw(accountId, post.waId, post.raw),
      new Date(post.at),
      expiresAt,
      now,
    ],
  );
  const [row] = rows;
  if (!row) return;
  const told = toPost({ ...row, media: await fileOf(sql, entry, mediaId, seals, now) });
  await appendEvents(sql, [newEvent('post.received', accountId, { post: told }, now)]);
}

/** The row of its file, which is fetched as those of messages are. */
async function fileOf(
  sql: Sql,
  { accountId, post: { media } }: PostEntry,
  id: string | null,
  { reference }: InboundSeals,
  now: Date,
): Promise<Media | null> {
  if (!media || id === null) return null;
  const brought = { id, accountId, messageId: null, history: false, media };
  return (await insertInboundMedia(sql, [brought], reference, now)).get(id) ?? null;
}

/** By LID where it is known: a person may write by number now and by LID in a moment. */
const sourceOf = ({ place, author }: InboundPost): string => (place === 'status' ? nameOf(author) : place);
const nameOf = (author: PersonAddress | null): string => author?.lid ?? author?.phone ?? '';

async function authorOf(sql: Sql, { network, post }: PostEntry, now: Date): Promise<string | null> {
  if (!post.author || post.fromMe) return null;
  const { ids, mergedChats } = await resolvePeople(sql, network, [{ ...post.author, name: post.authorName }], now);
  await announceMergedChats(sql, mergedChats, now);
  return ids.get(personKey(post.author)) ?? null;
}

async function channelOf(sql: Sql, accountId: string, waId: ChannelJid, now: Date): Promise<string> {
  await sql.query(
    `insert into mkt_wap_channels (id, account_id, wa_id, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [uuid(), accountId, waId, now],
  );
  const { rows } = await sql.query<{ id: string }>(
    `select id from mkt_wap_channels where account_id = $1 and wa_id = $2`,
    [accountId, waId],
  );
  return rows[0]!.id;
}

async function remove(sql: Sql, { accountId, post }: PostEntry, waId: string, now: Date): Promise<void> {
  const { rows } = await sql.query<{ id: string; media_id: string | null }>(
    `delete from mkt_wap_posts where account_id = $1 and source = $2 and wa_id = $3 returning id, media_id`,
    [accountId, sourceOf(post), waId],
  );
  await deleteFiles(
    sql,
    rows.flatMap(({ media_id: media }) => media ?? []),
  );
  await appendEvents(
    sql,
    rows.map(({ id }) => newEvent('post.removed', accountId, { postId: id }, now)),
  );
}

async function edit(
  sql: Sql,
  { accountId, post }: PostEntry,
  { waId, text }: { waId: string; text: string },
  now: Date,
): Promise<void> {
  const found = await sql.query<Pick<PostRow, 'id' | 'content'>>(
    `select id, content from mkt_wap_posts where account_id = $1 and source = $2 and wa_id = $3 for update`,
    [accountId, sourceOf(post), waId],
  );
  const [known] = found.rows;
  const content = known && withWords(known.content, text);
  if (!known || isDeepStrictEqual(content, known.content)) return;
  const { rows } = await sql.query<PostRow>(
    `with o as (update mkt_wap_posts set content = $2 where id = $1 returning *)
     select ${POST_COLUMNS} from o ${POST_AUTHOR}`,
    [known.id, storableJson(content)],
  );
  await appendEvents(
    sql,
    rows.map((row) => newEvent('post.updated', accountId, { post: toPost(row) }, now)),
  );
}

export interface ChannelEntry {
  accountId: string;
  channel: ChannelJid;
  name: string;
}

export async function writeChannels(sql: Sql, entries: readonly ChannelEntry[], now: Date): Promise<void> {
  for (const { accountId, channel, name } of entries) {
    const id = await channelOf(sql, accountId, channel, now);
    const { rows } = await sql.query<ChannelRow>(
      `with c as (update mkt_wap_channels set name = $2 where id = $1 and name is distinct from $2 returning *)
       select ${CHANNEL_COLUMNS} from c`,
      [id, storableText(name)],
    );
    await appendEvents(
      sql,
      rows.map((row) => newEvent('channel.updated', accountId, { channel: toChannel(row) }, now)),
    );
  }
}
