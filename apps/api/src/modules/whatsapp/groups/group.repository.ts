import type { Group, Page, PageQuery, Participant } from '@trunkline/contracts';
import { pageOfRows, readCursor } from '../../../database/cursor.js';
import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';
import { GROUP_QUERY, type GroupRow, type ParticipantRow, toGroup, toParticipant } from './group.view.js';

/** An account that the asker may see is in the group; `$1` are the allowed accounts, null for all. */
const VISIBLE = `exists (select from mkt_wap_group_accounts ga where ga.group_id = g.id and ga.left_at is null
  and ($1::uuid[] is null or ga.account_id = any($1)))`;

export async function listGroups(
  sql: Sql,
  ctx: Ctx,
  query: PageQuery & { accountId?: string | undefined; search?: string | undefined },
): Promise<Page<Group>> {
  const after = readCursor(query.cursor, 2);
  const { rows } = await sql.query<GroupRow>(
    `${GROUP_QUERY} where ${VISIBLE}
       and ($2::uuid is null or exists (select from mkt_wap_group_accounts ga
         where ga.group_id = g.id and ga.left_at is null and ga.account_id = $2))
       and ($3::text is null or g.subject ilike $3)
       and ($4::text is null or (lower(g.subject), g.id) > ($4, $5::uuid))
     order by lower(g.subject), g.id limit $6`,
    [
      allowedAccounts(ctx),
      query.accountId ?? null,
      query.search ? `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      query.limit + 1,
    ],
  );
  return pageOfRows(
    rows.map((row) => onlyAllowed(ctx, row)),
    query.limit,
    toGroup,
    (row) => [row.subject.toLowerCase(), row.id],
  );
}

export async function findGroup(sql: Sql, ctx: Ctx, id: string): Promise<Group | undefined> {
  const { rows } = await sql.query<GroupRow>(`${GROUP_QUERY} where ${VISIBLE} and g.id = $2`, [
    allowedAccounts(ctx),
    id,
  ]);
  return rows[0] && toGroup(onlyAllowed(ctx, rows[0]));
}

/** Whoever may see one account of a group does not learn which others are in it. */
function onlyAllowed(ctx: Ctx, row: GroupRow): GroupRow {
  if (ctx.accounts === 'all') return row;
  return { ...row, accounts: row.accounts.filter((each) => ctx.accounts.includes(each.accountId)) };
}

export async function listParticipants(
  sql: Sql,
  ctx: Ctx,
  groupId: string,
  query: PageQuery,
): Promise<Page<Participant>> {
  const after = readCursor(query.cursor, 2);
  const { rows } = await sql.query<ParticipantRow & { rank: number }>(
    `select * from (
       select p.id as person_id, p.phone, p.lid, p.push_name, gp.role,
         case gp.role when 'superadmin' then 0 when 'admin' then 1 else 2 end as rank
       from mkt_wap_groups g join mkt_wap_group_participants gp on gp.group_id = g.id
         join mkt_wap_people p on p.id = gp.person_id where g.id = $5 and ${VISIBLE}
     ) member
     where $2::int is null or (rank, person_id) > ($2, $3::uuid) order by rank, person_id limit $4`,
    [allowedAccounts(ctx), after?.[0] ?? null, after?.[1] ?? null, query.limit + 1, groupId],
  );
  return pageOfRows(rows, query.limit, toParticipant, (row) => [row.rank, row.person_id]);
}
