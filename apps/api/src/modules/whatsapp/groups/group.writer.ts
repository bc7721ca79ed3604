/** Groups as the network tells them, of one commit, into rows. One group is one row, however many accounts see it. */
import type { Network } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { storableText } from '../../../database/text.js';
import { announceMergedChats } from '../chats/chat.merged.js';
import { personKey, resolvePeople } from '../contacts/people.repository.js';
import type { EngineGroup } from '../engines/engine.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import type { GroupJid } from '../jid.js';
import { GROUP_QUERY, type GroupRow, toGroup } from './group.view.js';

export interface GroupsEntry {
  accountId: string;
  network: Network;
  groups: readonly EngineGroup[];
  /** Every group of the account, when that is known: it has left all others. */
  all?: readonly GroupJid[];
}

/** A row for each group id; one that is not known yet has an empty subject until its metadata comes. */
export async function ensureGroups(
  sql: Sql,
  network: Network,
  groups: readonly GroupJid[],
  now: Date,
): Promise<Map<GroupJid, string>> {
  const each = [...new Set(groups)].sort();
  if (each.length === 0) return new Map();
  await sql.query(
    `insert into mkt_wap_groups (id, network, wa_id, subject, addressing, created_at, updated_at)
     select id, $2, wa_id, '', 'pn', $4, $4 from unnest($1::uuid[], $3::text[]) as new (id, wa_id)
     on conflict do nothing`,
    [each.map(() => uuid()), network, each, now],
  );
  const { rows } = await sql.query<{ id: string; wa_id: GroupJid }>(
    `select id, wa_id from mkt_wap_groups where network = $1 and wa_id = any($2)`,
    [network, each],
  );
  return new Map(rows.map((row) => [row.wa_id, row.id]));
}

/** Of one commit: many accounts log in at the same time, and most have left no group and are in none. */
export async function writeGroupLists(sql: Sql, entries: readonly GroupsEntry[], now: Date): Promise<void> {
  for (const round of roundsOf(entries)) {
    await leaveOthers(sql, round, now);
    for (const entry of round) if (entry.groups.length > 0) await writeGroups(sql, entry, now);
  }
}

/** In each an account comes once: of two lists the later has the last word. */
function roundsOf(entries: readonly GroupsEntry[]): GroupsEntry[][] {
  const rounds: GroupsEntry[][] = [];
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const round = seen.get(entry.accountId) ?? 0;
    seen.set(entry.accountId, round + 1);
    (rounds[round] ??= []).push(entry);
  }
  return rounds;
}

/** A handful of statements, however many groups: frames of other accounts wait for the same commit. */
async function writeGroups(sql: Sql, { accountId, network, groups }: GroupsEntry, now: Date): Promise<void> {
  const ids = await ensureGroups(
    sql,
    network,
    groups.map((each) => each.group),
    now,
  );
  const people = groups.flatMap((each) => each.participants.map(({ person }) => person));
  const known = await resolvePeople(sql, network, people, now);
  await announceMergedChats(sql, known.mergedChats, now);
  const found = placed(groups, ids);
  const changed = await writeFound(sql, accountId, found, membersOf(found, known.ids), now);
  await announceGroups(sql, accountId, [...changed], now);
}

interface Placed extends EngineGroup {
  id: string;
}

interface Member {
  groupId: string;
  personId: string;
  role: EngineGroup['participants'][number]['role'];
}

/** Each once, the last word counts; in one order for everybody, so that two accounts in the same groups never deadlock. */
function placed(groups: readonly EngineGroup[], ids: ReadonlyMap<GroupJid, string>): Placed[] {
  const byId = new Map(groups.map((group) => [ids.get(group.group)!, group]));
  return [...byId].map(([id, group]) => ({ ...group, id })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function membersOf(found: readonly Placed[], people: ReadonlyMap<string, string>): Member[] {
  return found.flatMap(({ id, participants }) => {
    const roles = new Map(participants.map(({ person, role }) => [people.get(personKey(person))!, role]));
    return [...roles].map(([personId, role]) => ({ groupId: id, personId, role }));
  });
}

/** The ids of those of which something was not so before: every login reads all groups again, and most are as they were. */
async function writeFound(
  sql: Sql,
  accountId: string,
  found: readonly Placed[],
  members: readonly Member[],
  now: Date,
): Promise<Set<string>> {
  const ids = found.map(({ id }) => id);
  const changes = [
    await describe(sql, found, now),
    await removeOthers(sql, ids, members),
    await addMembers(sql, members, now),
    await join(sql, accountId, ids, now),
  ];
  return new Set(changes.flat());
}

interface Changed {
  id: string;
}

const idsOf = ({ rows }: { rows: Changed[] }): string[] => rows.map(({ id }) => id);

async function describe(sql: Sql, found: readonly Placed[], now: Date): Promise<string[]> {
  return idsOf(
    await sql.query<Changed>(
      `update mkt_wap_groups g set subject = n.subject, description = n.description, addressing = n.addressing,
         announcement = n.announcement, locked = n.locked, updated_at = $7
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[])
         as n (id, subject, description, addressing, announcement, locked)
       where g.id = n.id and (g.subject, g.description, g.addressing, g.announcement, g.locked)
         is distinct from (n.subject, n.description, n.addressing, n.announcement, n.locked)
       returning g.id`,
      [
        found.map(({ id }) => id),
        found.map(({ subject }) => storableText(subject)),
        found.map(({ description }) => description && storableText(description)),
        found.map(({ addressing }) => addressing),
        found.map(({ announcement }) => announcement),
        found.map(({ locked }) => locked),
        now,
      ],
    ),
  );
}

const columnsOf = (members: readonly Member[]) => [
  members.map(({ groupId }) => groupId),
  members.map(({ personId }) => personId),
];

async function removeOthers(sql: Sql, ids: readonly string[], members: readonly Member[]): Promise<string[]> {
  return idsOf(
    await sql.query<Changed>(
      `delete from mkt_wap_group_participants gp where gp.group_id = any($3) and not exists (
         select from unnest($1::uuid[], $2::uuid[]) as n (group_id, person_id)
         where n.group_id = gp.group_id and n.person_id = gp.person_id)
       returning gp.group_id as id`,
      [...columnsOf(members), ids],
    ),
  );
}

async function addMembers(sql: Sql, members: readonly Member[], now: Date): Promise<string[]> {
  return idsOf(
    await sql.query<Changed>(
      `insert into mkt_wap_group_participants as g (group_id, person_id, role, since)
       select group_id, person_id, role, $4 from unnest($1::uuid[], $2::uuid[], $3::text[]) as n (group_id, person_id, role)
       on conflict (group_id, person_id) do update set role = excluded.role where g.role <> excluded.role
       returning g.group_id as id`,
      [...columnsOf(members), members.map(({ role }) => role), now],
    ),
  );
}

/** The account is in the groups, with the role of the participant who is itself. */
async function join(sql: Sql, accountId: string, ids: readonly string[], now: Date): Promise<string[]> {
  return idsOf(
    await sql.query<Changed>(
      `with me as (
         select p.id from mkt_wap_people p join mkt_wap_accounts a on a.id = $2 and a.network = p.network
         where p.phone = substr(a.phone_number, 2) or p.lid = a.lid
       )
       insert into mkt_wap_group_accounts as g (group_id, account_id, role, left_at, updated_at)
       select n.id, a.id, (
           select gp.role from mkt_wap_group_participants gp
           where gp.group_id = n.id and gp.person_id in (select id from me) limit 1
         ), null, $3
       from unnest($1::uuid[]) as n (id), mkt_wap_accounts a where a.id = $2
       on conflict (group_id, account_id) do update set role = excluded.role, left_at = null, updated_at = excluded.updated_at
       where g.left_at is not null or g.role is distinct from excluded.role
       returning g.group_id as id`,
      [ids, accountId, now],
    ),
  );
}

async function leaveOthers(sql: Sql, entries: readonly GroupsEntry[], now: Date): Promise<void> {
  const whole = entries.flatMap(({ accountId, network, all }) => (all ? [{ accountId, network, all }] : []));
  if (whole.length === 0) return;
  const { rows } = await sql.query<{ group_id: string; account_id: string }>({
    name: 'leave-other-groups',
    text: `update mkt_wap_group_accounts ga set left_at = $2, updated_at = $2
      from jsonb_to_recordset($1::jsonb) as n ("accountId" uuid, network text, "all" jsonb), mkt_wap_groups g
      where ga.account_id = n."accountId" and ga.left_at is null and g.id = ga.group_id
        and not (g.network = n.network and n."all" ? g.wa_id) returning ga.group_id, ga.account_id`,
    values: [JSON.stringify(whole), now],
  });
  await appendEvents(
    sql,
    rows.map((row) => newEvent('group.left', row.account_id, { groupId: row.group_id }, now)),
  );
}

export async function writeGroupLeft(
  sql: Sql,
  { accountId, network, group }: { accountId: string; network: Network; group: GroupJid },
  now: Date,
): Promise<void> {
  const { rows } = await sql.query<{ group_id: string }>(
    `update mkt_wap_group_accounts ga set left_at = $4, updated_at = $4 from mkt_wap_groups g
     where g.id = ga.group_id and ga.account_id = $1 and g.network = $2 and g.wa_id = $3 and ga.left_at is null
     returning ga.group_id`,
    [accountId, network, group, now],
  );
  await appendEvents(
    sql,
    rows.map((row) => newEvent('group.left', accountId, { groupId: row.group_id }, now)),
  );
}

async function announceGroups(sql: Sql, accountId: string, ids: readonly string[], now: Date): Promise<void> {
  const { rows } = await sql.query<GroupRow>(`${GROUP_QUERY} where g.id = any($1)`, [ids]);
  await appendEvents(
    sql,
    rows.map((row) => newEvent('group.updated', accountId, { group: toGroup(row) }, now)),
  );
}
