import type { Sql } from '../../database/database.js';
import type { Count } from './counter.js';

/** A total is a fact that the installation remembers, by this name: `counter:sandbox:reconnects:deaf`. */
const PREFIX = 'counter';

/** In order of name, so that two workers which add to the same rows do not wait for each other. */
export async function addCounts(sql: Sql, counts: readonly Count[], now: Date): Promise<void> {
  await sql.query(
    `insert into mkt_wap_facts as f (name, value, at)
     select concat_ws(':', '${PREFIX}', n.network, n.name, n.label), n.value::text, $2
     from jsonb_to_recordset($1::jsonb) as n (network text, name text, label text, value bigint) order by 1
     on conflict (name) do update set value = (f.value::bigint + excluded.value::bigint)::text, at = excluded.at`,
    [JSON.stringify(counts), now],
  );
}

export async function readCounts(sql: Sql): Promise<Count[]> {
  const { rows } = await sql.query<{ name: string; value: string }>(
    `select name, value from mkt_wap_facts where name like '${PREFIX}:%' order by name`,
  );
  return rows.map((row) => {
    const [, network, name, label] = row.name.split(':');
    return { network, name, label, value: Number(row.value) } as Count;
  });
}

export interface AccountCount {
  network: string;
  status: string;
  connection: string;
  accounts: number;
}

/** What was connected and has no live owner is reconnecting, as everywhere. */
export async function countAccounts(sql: Sql): Promise<AccountCount[]> {
  const { rows } = await sql.query<AccountCount>(
    `select a.network, a.status, s.connection, count(*)::int as accounts
     from mkt_wap_accounts a left join mkt_wap_leases l on l.account_id = a.id
     cross join lateral (
       select case when a.connection = 'connected' and not exists (
         select from mkt_wap_workers w where w.id = l.owner and w.expires_at > clock_timestamp()
       ) then 'reconnecting' else a.connection end as connection
     ) s
     where a.deleted_at is null group by 1, 2, 3`,
  );
  return rows;
}
