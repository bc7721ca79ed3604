/** What is not as it should be, account by account: one statement for each kind, none of which compares with null. */
import type { HealthFindingKind } from '@trunkline/contracts';
import type { Sql } from '../../../database/database.js';

export interface Suspect {
  kind: HealthFindingKind;
  accountId: string;
}

/** Each with what its lease says: `owned` by a live worker, whose `epoch` wrote the state. */
const ACCOUNTS = `select a.*, l.epoch as lease_epoch, w.id is not null as owned
  from mkt_wap_accounts a
  join mkt_wap_leases l on l.account_id = a.id
  left join mkt_wap_workers w on w.id = l.owner and w.expires_at > clock_timestamp()
  where a.deleted_at is null`;
const CONNECTED = `owned and connection = 'connected' and epoch = lease_epoch`;
/** Proof of life is written each minute. */
const UNSEEN = `interval '3 minutes'`;
/** Owners act within about a second. */
const LATE = `interval '30 seconds'`;
/** A worker that has lived so long has claimed what it can. */
const SETTLED = `interval '2 minutes'`;
const STILL = `interval '2 minutes'`;

const KINDS: Record<Exclude<HealthFindingKind, 'engine_without_lease'>, string> = {
  number_missing: `${CONNECTED} and phone_number is null
    and (status = 'active' or authenticated_at < $1::timestamptz - interval '1 minute')`,
  number_given_up: `linked and status = 'inactive' and reason = 'phone_number_missing' and phone_number is null`,
  // What was proved at a time that is still to come was proved by a clock that was wrong.
  engine_missing: `${CONNECTED} and coalesce(last_seen_connected_at, last_connected_at)
    not between $1::timestamptz - ${UNSEEN} and $1::timestamptz + ${UNSEEN}`,
  lease_without_owner: `not owned and wanted = 'online' and not exists (
      select from mkt_wap_workers young where young.network = accounts.network
        and young.expires_at > clock_timestamp() and young.started_at > clock_timestamp() - ${SETTLED})`,
  deadline_passed: `(deadline < $1::timestamptz - ${LATE} and status in ('warming', 'authenticating'))
    or (owned and wanted = 'online' and next_attempt_at < $1::timestamptz - ${LATE})`,
  queue_still: `${CONNECTED} and last_connected_at < $1::timestamptz - ${STILL} and exists (
      select from mkt_wap_messages m where m.account_id = accounts.id and m.outbox = 'due' and m.status = 'queued'
        and m.created_at < $1::timestamptz - ${STILL} and (m.not_before is null or m.not_before < $1::timestamptz - ${STILL}))
    and not exists (
      select from mkt_wap_messages m where m.account_id = accounts.id and m.direction = 'out'
        and m.sending_at > $1::timestamptz - ${STILL})`,
};

const LIMIT = 500;

export async function findSuspects(sql: Sql, now: Date): Promise<Suspect[]> {
  const suspects: Suspect[] = [];
  for (const [kind, where] of Object.entries(KINDS) as [HealthFindingKind, string][]) {
    const { rows } = await sql.query<{ id: string }>(
      `select id from (${ACCOUNTS}) accounts where $1::timestamptz is not null and (${where}) order by id limit ${LIMIT}`,
      [now],
    );
    suspects.push(...rows.map(({ id }) => ({ kind, accountId: id })));
  }
  return suspects;
}

export async function countAccounts(sql: Sql): Promise<number> {
  const { rows } = await sql.query(`select count(*)::int as count from mkt_wap_accounts where deleted_at is null`);
  return rows[0].count;
}
