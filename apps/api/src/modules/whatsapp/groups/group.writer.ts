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
  /** True when these are all groups of the account: it has left every other. */
  complete: boolean;
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

export async function writeGroups(sql: Sql, entry: GroupsEntry, now: Date): Promise<void> {
  const ids = await ensureGroups(
    sql,
    entry.network,
    entry.groups.map((each) => each.group),
    now,
  );
  const people = entry.groups.flatMap((each) => each.participants.map(({ person }) => person));
  const known = await resolvePeople(sql, entry.network, people, now);
  await announceMergedChats(sql, known.mergedChats, now);
  const changed: string[] = [];
  for (const group of entry.groups) {
    const id = ids.get(group.group)!;
    if (await writeGroup(sql, entry.accountId, id, group, known.ids, now)) changed.push(id);
  }
  if (entry.complete) await leaveOthers(sql, entry.accountId, [...ids.values()], now);
  await announceGroups(sql, entry.accountId, changed, now);
}

/** True when something of it was not so before: every login reads all groups again, and most are as they were. */
async function writeGroup(
  sql: Sql,
  accountId: string,
  id: string,
  group: EngineGroup,
  people: ReadonlyMap<string, string>,
  now: Date,
): Promise<boolean> {
  const members = new Map(group.participants.map(({ person, role }) => [people.get(personKey(person))!, role]));
  const changes = [
    await describe(sql, id, group, now),
    await removeOthers(sql, id, [...members.keys()]),
    await addMembers(sql, id, members, now),
    await join(sql, accountId, id, now),
  ];
  return changes.some((rows) => rows > 0);
}

async function describe(sql: Sql, id: string, group: EngineGroup, now: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `update mkt_wap_groups set subject = $2, description = $3, addressing = $4, announcement = $5, locked = $6, updated_at = $7
     where id = $1 and (subject, description, addressing, announcement, locked) is distinct from ($2, $3, $4, $5::boolean, $6::boolean)`,
    [
      id,
      storableText(group.subject),
      group.description && storableText(group.description),
      group.addressing,
      group.announcement,
      group.locked,
      now,
    ],
  );
  return rowCount ?? 0;
}

async function removeOthers(sql: Sql, id: string, members: readonly string[]): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from mkt_wap_group_participants where group_id = $1 and person_id <> all($2)`,
    [id, members],
  );
  return rowCount ?? 0;
}

async function addMembers(
  sql: Sql,
  id: string,
  members: ReadonlyMap<string, EngineGroup['participants'][number]['role']>,
  now: Date,
): Promise<number> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_group_participants as g (group_id, person_id, role, since)
     select $1, person_id, role, $4 from unnest($2::uuid[], $3::text[]) as new (person_id, role)
     on conflict (group_id, person_id) do update set role = excluded.role where g.role <> excluded.role`,
    [id, [...members.keys()], [...members.values()], now],
  );
  return rowCount ?? 0;
}

/** The account is in the group, with the role of the participant who is itself. */
async function join(sql: Sql, accountId: string, groupId: string, now: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `insert into mkt_wap_group_accounts as g (group_id, account_id, role, left_at, updated_at)
     select $1, a.id, (
         select gp.role from mkt_wap_group_participants gp join mkt_wap_people p on p.id = gp.person_id
         where gp.group_id = $1 and ('+' || p.phone = a.phone_number or p.lid = a.lid) limit 1
       ), null, $3
     from mkt_wap_accounts a where a.id = $2
     on conflict (group_id, account_id) do update set role = excluded.role, left_at = null, updated_at = excluded.updated_at
     where g.left_at is not null or g.role is distinct from excluded.role`,
    [groupId, accountId, now],
  );
  return rowCount ?? 0;
}

async function leaveOthers(sql: Sql, accountId: string, groupIds: readonly string[], now: Date): Promise<void> {
  const { rows } = await sql.query<{ group_id: string }>(
    `update mkt_wap_group_accounts set left_at = $3, updated_at = $3
     where account_id = $1 and left_at is null and group_id <> all($2) returning group_id`,
    [accountId, groupIds, now],
  );
  await appendEvents(
    sql,
    rows.map((row) => newEvent('group.left', accountId, { groupId: row.group_id }, now)),
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
