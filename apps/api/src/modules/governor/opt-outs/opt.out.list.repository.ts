import type { Network, OptOut, optOutListQuery, Page } from '@trunkline/contracts';
import type { z } from 'zod';
import { pageOfRows, readCursor } from '../../../database/cursor.js';
import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx } from '../../auth/ctx.js';
import { OPT_OUT_COLUMNS, type OptOutRow, toOptOut } from './opt.out.view.js';

/** Who may use some accounts only sees the people with whom these have a chat. */
const VISIBLE = `from mkt_wap_opt_outs o join mkt_wap_people p on p.id = o.person_id
  where ($1::uuid[] is null or exists (
    select from mkt_wap_chats c where c.person_id = o.person_id and c.account_id = any($1)))`;

/** The newest first. */
export async function listOptOuts(
  sql: Sql,
  ctx: Ctx,
  query: Omit<z.infer<typeof optOutListQuery>, 'limit'> & { limit: number },
): Promise<Page<OptOut>> {
  const after = readCursor(query.cursor, 2);
  const { rows } = await sql.query<OptOutRow>(
    `select ${OPT_OUT_COLUMNS} ${VISIBLE}
       and ($2::text is null or o.network = $2) and ($3::uuid is null or o.person_id = $3)
       and ($4::text is null or p.push_name ilike $4 or '+' || p.phone ilike $4 or p.lid ilike $4)
       and case $5 when 'standing' then o.lifted_at is null when 'lifted' then o.lifted_at is not null else true end
       and ($6::timestamptz is null or (o.since, o.id) < ($6, $7::uuid))
     order by o.since desc, o.id desc limit $8`,
    [
      allowedAccounts(ctx),
      query.network ?? null,
      query.personId ?? null,
      query.search ? `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
      query.state ?? 'all',
      after?.[0] ?? null,
      after?.[1] ?? null,
      query.limit + 1,
    ],
  );
  return pageOfRows(rows, query.limit, toOptOut, (row) => [row.since.toISOString(), row.id]);
}

export async function findOptOut(sql: Sql, ctx: Ctx, id: string): Promise<OptOut | undefined> {
  const { rows } = await sql.query<OptOutRow>(`select ${OPT_OUT_COLUMNS} ${VISIBLE} and o.id = $2`, [
    allowedAccounts(ctx),
    id,
  ]);
  return rows[0] && toOptOut(rows[0]);
}

/** True when the person is of that network, and `ctx` may know them: everybody may, who may use all accounts. */
export async function personOfNetwork(sql: Sql, ctx: Ctx, network: Network, personId: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    `select from mkt_wap_people p where p.id = $2 and p.network = $3 and p.merged_into is null and ($1::uuid[] is null
       or exists (select from mkt_wap_chats c where c.person_id = p.id and c.account_id = any($1)))`,
    [allowedAccounts(ctx), personId, network],
  );
  return rowCount === 1;
}
