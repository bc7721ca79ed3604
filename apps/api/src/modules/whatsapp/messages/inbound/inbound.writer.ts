/**
 * Inbound messages of one commit, of many accounts, into rows. Idempotent: what is delivered again finds its row and
 * changes nothing. Edits, deletions, reactions and votes are rows of their own that name their target, so they may come
 * first (`changes.ts`).
 */
import { hasMedia, isChange, type Network } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import { obeyWords } from '../../../governor/opt-outs/opt.out.inbound.js';
import type { Sql } from '../../../../database/database.js';
import { storableJson } from '../../../../database/text.js';
import {
  advanceChats,
  type ChatPartner,
  type ChatProgress,
  chatKey,
  lockChats,
  resolveChats,
} from '../../chats/chat.repository.js';
import { announceMergedChats } from '../../chats/chat.merged.js';
import { personKey, resolvePeople } from '../../contacts/people.repository.js';
import type { InboundMessage } from '../../engines/engine.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { ensureGroups } from '../../groups/group.writer.js';
import { obeyDeletions } from '../erase.repository.js';
import { announceUpdated, targetOf, type TargetKey } from '../message.updated.js';
import { insertInboundMedia } from '../../media/inbound.media.writer.js';
import type { SealReference } from '../../media/reference.seal.js';
import { writeSteps } from '../receipts/status.writer.js';
import { foldMoved, isMoved } from './moved.locations.js';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from '../message.view.js';

export interface InboundEntry {
  accountId: string;
  network: Network;
  message: InboundMessage;
}

/** Seals a decrypted protobuf, bound to account and message, and what opens a file. */
export interface InboundSeals {
  raw(accountId: string, waId: string, raw: Uint8Array): Buffer;
  reference: SealReference;
}

interface Placed extends InboundEntry {
  id: string;
  chatId: string;
  senderId: string | null;
}

/** All entries of one network; see the head of this file. */
export async function writeInbound(
  sql: Sql,
  entries: readonly InboundEntry[],
  seals: InboundSeals,
  now: Date,
): Promise<void> {
  for (const network of new Set(entries.map((entry) => entry.network))) {
    await writeOfNetwork(
      sql,
      network,
      entries.filter((entry) => entry.network === network),
      seals,
      now,
    );
  }
}

async function writeOfNetwork(sql: Sql, network: Network, entries: InboundEntry[], seals: InboundSeals, now: Date) {
  const placed = await place(sql, network, entries, now);
  await lockChats(sql, [...new Set(placed.map((entry) => entry.chatId))]);
  await store(
    sql,
    network,
    placed.filter((entry) => !isMoved(entry.message)),
    seals,
    now,
  );
  // What they belong to may have come in the same commit.
  await store(
    sql,
    network,
    await foldMoved(
      sql,
      placed.filter((entry) => isMoved(entry.message)),
      now,
    ),
    seals,
    now,
  );
}

async function store(sql: Sql, network: Network, placed: Placed[], seals: InboundSeals, now: Date): Promise<void> {
  if (placed.length === 0) return;
  const inserted = await withMedia(sql, await insert(sql, placed, seals, now), placed, seals, now);
  const quiet = new Map(placed.map((entry) => [entry.id, entry.message.history]));
  await takeForSent(sql, placed, inserted, now);
  await advanceChats(sql, progress(inserted, quiet));
  const fresh = inserted.filter((row) => !quiet.get(row.id));
  await appendEvents(
    sql,
    fresh.map((row) => {
      const event = row.direction === 'in' ? 'message.received' : 'message.created';
      return newEvent(event, row.account_id, { message: toMessage(row) }, now);
    }),
  );
  await obeyDeletions(sql, inserted.flatMap(deletedBy), now);
  await announceUpdated(sql, fresh.flatMap(targetOf), now);
  await obeyWords(sql, network, fresh, now);
}

/** What this account wrote and its phone has, though no ack came: WhatsApp took it. */
async function takeForSent(sql: Sql, placed: readonly Placed[], inserted: readonly MessageRow[], now: Date) {
  const fresh = new Set(inserted.map(({ id }) => id));
  const back = placed.filter(({ id, message }) => message.fromMe && !fresh.has(id));
  if (back.length === 0) return;
  const steps = back.map(({ accountId, message: { waId, at } }) => ({ accountId, waId, at: new Date(at) }));
  await writeSteps(
    sql,
    steps.map((step) => ({ ...step, status: 'sent' as const, failure: null })),
    now,
  );
}

/** What a deletion, or an edit that comes late, concerns; and a message whose deletion was here before it. */
function deletedBy(row: MessageRow): TargetKey[] {
  if (row.content.kind === 'delete' || row.content.kind === 'edit') return targetOf(row);
  const isDeleted = row.changes?.some(({ content }) => content.kind === 'delete');
  return isDeleted ? [{ chatId: row.chat_id, waId: row.wa_id }] : [];
}

/** Finds person, group and chat of each. */
async function place(sql: Sql, network: Network, entries: InboundEntry[], now: Date): Promise<Placed[]> {
  const messages = entries.map((entry) => entry.message);
  const people = messages.flatMap(({ chat, sender, senderName, fromMe }) => [
    ...(typeof chat === 'string' ? [] : [{ ...chat, name: fromMe ? null : senderName }]),
    ...(fromMe ? [] : [{ ...sender, name: senderName }]),
  ]);
  const { ids, mergedChats } = await resolvePeople(sql, network, people, now);
  await announceMergedChats(sql, mergedChats, now);
  const groups = await ensureGroups(
    sql,
    network,
    messages.flatMap(({ chat }) => (typeof chat === 'string' ? [chat] : [])),
    now,
  );
  const partnerOf = ({ chat }: InboundMessage): ChatPartner =>
    typeof chat === 'string'
      ? { personId: null, groupId: groups.get(chat)! }
      : { personId: ids.get(personKey(chat))!, groupId: null };
  const chats = await resolveChats(
    sql,
    entries.map((entry) => ({ ...entry, partner: partnerOf(entry.message) })),
    now,
  );
  return entries.map((entry) => ({
    ...entry,
    message: entry.message.media ? stored(entry.message) : entry.message,
    id: uuid(),
    chatId: chats.get(chatKey(entry.accountId, partnerOf(entry.message)))!,
    senderId: entry.message.fromMe ? null : ids.get(personKey(entry.message.sender))!,
  }));
}

/**
 * The place of a message in its chat. What comes is put at the end. What comes from a history and is older than all that
 * is there has its place before it, by its time: a number below zero, so many hundred thousand for each second. (Two of
 * one second stand in the order in which they came.) Where something older is there already, as after linking anew, the
 * history of the time between is put at the end as well.
 */
const ORDINAL = `case when history and not exists (
    select from mkt_wap_messages o where o.chat_id = new.chat_id and o.ordinal > 0 and o.timestamp <= new.at)
  then (floor(extract(epoch from at))::bigint - 10000000000) * 100000
    + nextval('mkt_wap_messages_ordinal_seq') % 100000
  else nextval('mkt_wap_messages_ordinal_seq') end`;

/** What is history in the order in which it happened, the rest in the order in which it came. */
function inOrder(placed: readonly Placed[]): Placed[] {
  const [past, present] = [placed.filter(isPast), placed.filter((entry) => !isPast(entry))];
  return [...past.sort((a, b) => a.message.at - b.message.at), ...present];
}

const isPast = ({ message }: Placed): boolean => message.history;

/** From here on its file has an id. */
const stored = (message: InboundMessage): InboundMessage =>
  hasMedia(message.content) ? { ...message, content: { ...message.content, mediaId: uuid() } } : message;

/** Of messages that are new, and of no others. */
async function withMedia(
  sql: Sql,
  rows: MessageRow[],
  placed: readonly Placed[],
  seals: InboundSeals,
  now: Date,
): Promise<MessageRow[]> {
  const brought = new Map(placed.map(({ id, message }) => [id, message]));
  const files = rows.flatMap((row) => {
    const { media, history } = brought.get(row.id)!;
    if (!media || !hasMedia(row.content)) return [];
    return [{ id: row.content.mediaId, accountId: row.account_id, messageId: row.id, history, media }];
  });
  const known = await insertInboundMedia(sql, files, seals.reference, now);
  return rows.map((row) => (hasMedia(row.content) ? { ...row, media: known.get(row.content.mediaId) ?? null } : row));
}

async function insert(sql: Sql, placed: readonly Placed[], seals: InboundSeals, now: Date): Promise<MessageRow[]> {
  const columns = inOrder(placed).map((entry) => ({ ...entry, ...entry.message }));
  const { rows } = await sql.query<MessageRow>({
    name: 'insert-inbound',
    text: `with new as (
        insert into mkt_wap_messages (ordinal, id, account_id, chat_id, sender_id, direction, wa_id, kind, content, raw,
          quoted_wa_id, forwarding_score, view_once, starred_at, expires_at, status, timestamp, sent_at, created_at, updated_at)
        select ${ORDINAL}, id, account_id, chat_id, sender_id, direction, wa_id, content ->> 'kind', content, raw, quoted,
          score, once, case when starred then $11::timestamptz end, at + make_interval(secs => life), case direction when 'in' then 'delivered' else 'sent' end, at,
          case direction when 'out' then at end, $11, $11
        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::jsonb[], $8::bytea[],
          $9::text[], $10::timestamptz[], $12::boolean[], $13::int[], $14::boolean[], $15::int[], $16::boolean[])
          as new (id, account_id, chat_id, sender_id, direction, wa_id, content, raw, quoted, at, history, score, once, life, starred)
        on conflict do nothing
        returning *
      )
      select ${MESSAGE_COLUMNS} from new m left join mkt_wap_people p on p.id = m.sender_id order by m.ordinal`,
    values: [
      columns.map((entry) => entry.id),
      columns.map((entry) => entry.accountId),
      columns.map((entry) => entry.chatId),
      columns.map((entry) => entry.senderId),
      columns.map((entry) => (entry.fromMe ? 'out' : 'in')),
      columns.map((entry) => entry.waId),
      columns.map((entry) => storableJson(entry.content)),
      columns.map((entry) => seals.raw(entry.accountId, entry.waId, entry.raw)),
      columns.map((entry) => entry.quotedWaId),
      columns.map((entry) => new Date(entry.at)),
      now,
      columns.map((entry) => entry.history),
      columns.map((entry) => entry.forwardingScore),
      columns.map((entry) => entry.viewOnce),
      columns.map((entry) => entry.ephemeralSeconds),
      columns.map((entry) => entry.starred ?? false),
    ],
  });
  return rows;
}

/** By chat: the last row that changes no other message, and how many rows a person has not read. */
function progress(rows: readonly MessageRow[], quiet: ReadonlyMap<string, boolean>): ChatProgress[] {
  const chats = new Map<string, ChatProgress>();
  for (const row of rows.filter((each) => !isChange(each.content))) {
    const isQuiet = quiet.get(row.id) === true;
    const known = chats.get(row.chat_id);
    const later = !known || (known.quiet && !isQuiet) || (known.quiet === isQuiet && row.timestamp >= known.at);
    chats.set(row.chat_id, {
      chatId: row.chat_id,
      lastMessageId: later ? row.id : known.lastMessageId,
      at: later ? row.timestamp : known.at,
      unread: (known?.unread ?? 0) + (row.direction === 'in' && !isQuiet ? 1 : 0),
      quiet: isQuiet && (known?.quiet ?? true),
      heardAt: row.direction === 'in' ? latest(known?.heardAt, row.timestamp) : (known?.heardAt ?? null),
      knownSince: earliest(known?.knownSince, row.timestamp),
    });
  }
  return [...chats.values()];
}

const latest = (a: Date | null | undefined, b: Date): Date => (a && a > b ? a : b);
const earliest = (a: Date | null | undefined, b: Date): Date => (a && a < b ? a : b);
