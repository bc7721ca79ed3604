/**
 * Receipts of one commit into rows. In a chat with a person a receipt moves the message. In a group it is kept for the
 * member who sent it, and the message moves when every other member has come as far, as WhatsApp's own ticks do.
 */
import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { personKey, resolvePeople } from '../../contacts/people.repository.js';
import { announceMergedChats } from '../../chats/chat.merged.js';
import type { EngineEvent } from '../../engines/engine.js';
import { mayBecome } from '../rank.js';
import { announce, MOVED, OUT } from './status.writer.js';

export type Receipt = Extract<EngineEvent, { type: 'receipt' }>;
export interface ReceiptEntry {
  accountId: string;
  network: Network;
  receipt: Receipt;
}

const LEVELS = ['delivered', 'read', 'played'] as const;
type Level = (typeof LEVELS)[number];

interface Step {
  accountId: string;
  waId: string;
  at: Date;
}

export async function writeReceipts(sql: Sql, entries: readonly ReceiptEntry[], now: Date): Promise<void> {
  const inGroup = entries.filter((entry) => typeof entry.receipt.chat === 'string' && entry.receipt.by);
  const inChat = entries.filter((entry) => typeof entry.receipt.chat !== 'string');
  for (const level of LEVELS) {
    const ofLevel = (each: ReceiptEntry) => each.receipt.status === level;
    await moveChats(sql, level, inChat.filter(ofLevel).flatMap(steps(now)), now);
    await moveGroups(sql, level, inGroup.filter(ofLevel), now);
  }
}

const steps =
  (now: Date) =>
  ({ accountId, receipt }: ReceiptEntry): Step[] =>
    receipt.waIds.map((waId) => ({ accountId, waId, at: receipt.at === null ? now : new Date(receipt.at) }));

/** A message that was read was delivered, and one that was played was read: the earlier times are filled in. */
const TIMES = `sent_at = coalesce(m.sent_at, new.at),
  delivered_at = coalesce(m.delivered_at, new.at),
  read_at = case when $1 in ('read', 'played') then coalesce(m.read_at, new.at) else m.read_at end,
  played_at = case when $1 = 'played' then coalesce(m.played_at, new.at) else m.played_at end, outbox = null`;
const LIFTS = `m.status = any($2) and (m.status <> 'failed' or not (m.failure ->> 'certain')::boolean)`;

async function moveChats(sql: Sql, level: Level, of: readonly Step[], now: Date): Promise<void> {
  if (of.length === 0) return;
  const { rows } = await sql.query({
    name: `receipt-${level}`,
    text: `update mkt_wap_messages m set status = $1, failure = null, updated_at = $3, ${TIMES}
      from unnest($4::uuid[], $5::text[], $6::timestamptz[]) as new (account_id, wa_id, at)
      where m.account_id = new.account_id and m.wa_id = new.wa_id and m.direction = $7 and ${LIFTS}
      returning ${MOVED}, new.at`,
    values: [level, mayBecome(level), now, of.map((s) => s.accountId), of.map((s) => s.waId), of.map((s) => s.at), OUT],
  });
  await announce(sql, rows, now);
}

async function moveGroups(sql: Sql, level: Level, entries: readonly ReceiptEntry[], now: Date): Promise<void> {
  for (const network of new Set(entries.map((entry) => entry.network))) {
    const of = entries.filter((entry) => entry.network === network);
    const members = await resolveMembers(sql, network, of, now);
    const each = of.flatMap((entry) =>
      steps(now)(entry).map((step) => ({ ...step, personId: members.get(personKey(entry.receipt.by!))! })),
    );
    await keep(sql, level, each);
    await moveComplete(sql, level, each, now);
  }
}

async function resolveMembers(sql: Sql, network: Network, entries: readonly ReceiptEntry[], now: Date) {
  const { ids, mergedChats } = await resolvePeople(
    sql,
    network,
    entries.map((entry) => entry.receipt.by!),
    now,
  );
  await announceMergedChats(sql, mergedChats, now);
  return ids;
}

async function keep(sql: Sql, level: Level, each: readonly (Step & { personId: string })[]): Promise<void> {
  await sql.query({
    name: `member-${level}`,
    text: `insert into mkt_wap_message_receipts as r (message_id, person_id, delivered_at, read_at, played_at)
      select distinct on (m.id, new.person_id) m.id, new.person_id, new.at,
        case when $1 in ('read', 'played') then new.at end, case when $1 = 'played' then new.at end
      from unnest($2::uuid[], $3::text[], $4::uuid[], $5::timestamptz[]) as new (account_id, wa_id, person_id, at)
      join mkt_wap_messages m on m.account_id = new.account_id and m.wa_id = new.wa_id and m.direction = $6
      order by m.id, new.person_id, new.at
      on conflict (message_id, person_id) do update set
        delivered_at = coalesce(r.delivered_at, excluded.delivered_at),
        read_at = coalesce(r.read_at, excluded.read_at),
        played_at = coalesce(r.played_at, excluded.played_at)`,
    values: [
      level,
      each.map((s) => s.accountId),
      each.map((s) => s.waId),
      each.map((s) => s.personId),
      each.map((s) => s.at),
      OUT,
    ],
  });
}

/**
 * Members other than the account itself; where they are not known yet, one receipt is enough. Who the account is among them
 * is looked for only when at most two are missing: of the receipts of a message nearly all are not the last.
 */
async function moveComplete(sql: Sql, level: Level, each: readonly Step[], now: Date): Promise<void> {
  const { rows } = await sql.query({
    name: `group-${level}`,
    text: `update mkt_wap_messages m set status = $1, failure = null, updated_at = $3, ${TIMES}
      from (select account_id, wa_id, max(at) as at
        from unnest($4::uuid[], $5::text[], $6::timestamptz[]) as n (account_id, wa_id, at) group by 1, 2) new
      where m.account_id = new.account_id and m.wa_id = new.wa_id and m.direction = $7 and ${LIFTS}
        and case when
          (select count(r.${level}_at) from mkt_wap_message_receipts r where r.message_id = m.id) >= (
            select count(*) - 2 from mkt_wap_chats c join mkt_wap_group_participants gp on gp.group_id = c.group_id
            where c.id = m.chat_id)
        then
          (select count(r.${level}_at) from mkt_wap_message_receipts r where r.message_id = m.id) >= greatest(1,
            (select count(*) from mkt_wap_chats c
             join mkt_wap_group_participants gp on gp.group_id = c.group_id
             join mkt_wap_people p on p.id = gp.person_id
             join mkt_wap_accounts a on a.id = m.account_id
             where c.id = m.chat_id and '+' || p.phone is distinct from a.phone_number and (a.lid is null or p.lid is distinct from a.lid)))
        else false end
      returning ${MOVED}, new.at`,
    values: [
      level,
      mayBecome(level),
      now,
      each.map((s) => s.accountId),
      each.map((s) => s.waId),
      each.map((s) => s.at),
      OUT,
    ],
  });
  await announce(sql, rows, now);
}
