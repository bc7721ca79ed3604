import type { Network } from '@trunkline/contracts';
import type { Sql } from '../../database/database.js';

export interface Lease {
  accountId: string;
  /** Grows with each claim; every write of an owner compares it. */
  epoch: number;
}

export interface ClaimBounds {
  now: Date;
  limit: number;
  /** Of those that are only wanted online, at most this many: each is a login to be made. */
  logins?: number;
  /** What the worker runs already. */
  running?: readonly string[];
  /** At least so many workers share what there is, though not all of them may live yet. */
  workers?: number;
}

export async function insertLease(sql: Sql, accountId: string, now: Date): Promise<void> {
  await sql.query(`insert into mkt_wap_leases (account_id, owner, epoch, claimed_at) values ($1, null, 0, $2)`, [
    accountId,
    now,
  ]);
}

/**
 * Claims up to `limit` accounts of the worker's network that need an owner and have no live one: wanted online, asked for
 * something, or with a deadline that has passed. A worker takes its share of those that are wanted
 * online and leaves the rest to the others that live. What is ours and not among `running` (a claim whose answer was lost)
 * is claimed again.
 *
 * Two claim at once: the second skips what the first has locked, and what the first has committed since carries another
 * epoch. Expired is expired for ever, because `renewWorker` renews only what has not.
 */
export async function claimLeases(
  sql: Sql,
  workerId: string,
  network: Network,
  { now, limit, logins = limit, running = [], workers = 1 }: ClaimBounds,
): Promise<Lease[]> {
  const { rows } = await sql.query(
    `with live as (select id from mkt_wap_workers where network = $2 and expires_at > clock_timestamp()),
     share as (
       select ceil(count(*)::numeric / greatest($7, (select count(*) from live)))
         - (select count(*) from mkt_wap_leases l join mkt_wap_accounts a on a.id = l.account_id
            where l.owner = $1 and a.wanted = 'online' and a.id = any($5)) as free
       from mkt_wap_accounts where network = $2 and deleted_at is null and wanted = 'online'
     ),
     needed as (
       select l.account_id, l.epoch, row_number() over (partition by asked order by l.account_id) as place, asked
       from mkt_wap_leases l
       join mkt_wap_accounts a on a.id = l.account_id and a.network = $2 and a.deleted_at is null
       cross join lateral (
         select exists (
           select from mkt_wap_commands c
           where c.account_id = a.id and c.answered_at is null and c.deadline > $3
         ) or coalesce(a.deadline <= $3, false) as asked
       ) need
       where (a.wanted = 'online' or asked)
         and (not exists (select from live where live.id = l.owner) or (l.owner = $1 and l.account_id <> all($5)))
     ),
     free as materialized (
       select account_id, epoch from needed where asked or place <= least((select free from share), $6)
       order by asked desc, account_id limit $4
     ),
     locked as (
       select l.account_id from mkt_wap_leases l join free f on f.account_id = l.account_id
       where l.epoch = f.epoch
       for update of l skip locked
     )
     update mkt_wap_leases l set owner = $1, epoch = l.epoch + 1, claimed_at = $3
     from locked where l.account_id = locked.account_id
       and exists (select from live where live.id = $1)
     returning l.account_id as "accountId", l.epoch`,
    [workerId, network, now, limit, running, logins, Math.max(1, workers)],
  );
  return rows;
}

/** Gives one account back, if it is still ours. */
export async function releaseLease(sql: Sql, workerId: string, lease: Lease): Promise<void> {
  await sql.query(`update mkt_wap_leases set owner = null where account_id = $1 and owner = $2 and epoch = $3`, [
    lease.accountId,
    workerId,
    lease.epoch,
  ]);
}

/** The epochs of what the worker owns, by account. */
export async function leasesOf(sql: Sql, workerId: string): Promise<Map<string, number>> {
  const { rows } = await sql.query(`select account_id, epoch from mkt_wap_leases where owner = $1`, [workerId]);
  return new Map(rows.map((row) => [row.account_id, row.epoch]));
}

export interface HeldLeases {
  accounts: ReadonlySet<string>;
  /** Names the transaction, so that its outcome can be asked for; undefined when no lease held. */
  transaction: string | undefined;
}

/**
 * Which of these leases still hold, locked until the transaction ends: a claim waits for a write under way, or the write
 * finds the epoch gone. In order of id, so that two transactions cannot wait for each other.
 */
export async function lockLeases(sql: Sql, workerId: string, leases: readonly Lease[]): Promise<HeldLeases> {
  const { rows } = await sql.query({
    name: 'lock-leases',
    text: `select l.account_id as id, pg_current_xact_id()::text as transaction
      from unnest($2::uuid[], $3::bigint[]) as mine (account_id, epoch)
      join mkt_wap_leases l on l.account_id = mine.account_id and l.epoch = mine.epoch and l.owner = $1
      join mkt_wap_workers w on w.id = l.owner and w.expires_at > clock_timestamp()
      order by l.account_id
      for share of l`,
    values: [workerId, leases.map((lease) => lease.accountId), leases.map((lease) => lease.epoch)],
  });
  return { accounts: new Set(rows.map((row) => row.id)), transaction: rows[0]?.transaction };
}

/** True when no live worker owns the account; its lease stays locked until the transaction ends, so that none begins to. */
export async function lockUnowned(sql: Sql, accountId: string): Promise<boolean> {
  // Two statements: what a lock waited for is seen by the next one only.
  await sql.query(`select from mkt_wap_leases where account_id = $1 for update`, [accountId]);
  const { rowCount } = await sql.query(
    `select from mkt_wap_leases l join mkt_wap_workers w on w.id = l.owner and w.expires_at > clock_timestamp()
     where l.account_id = $1`,
    [accountId],
  );
  return rowCount === 0;
}
