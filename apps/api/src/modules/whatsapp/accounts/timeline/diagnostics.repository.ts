import type { Account } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { type Ctx, demandAccount } from '../../../auth/ctx.js';

/** What a report needs besides the account itself; counts and times, nothing that anybody wrote. */
export interface Facts {
  lease: { epoch: number; owned: boolean; claimedAt: Date } | undefined;
  /** Records of the session, by kind. */
  records: Record<string, number>;
  generations: Record<string, number>;
  /** Outbound messages that are not done, by status. */
  outbox: Record<string, number>;
  clientVersion: string | null;
  parked: number;
}

export async function readFacts(sql: Sql, ctx: Ctx, { id, network }: Account): Promise<Facts> {
  demandAccount(ctx, id);
  const counted = async (text: string): Promise<Record<string, number>> => {
    const { rows } = await sql.query<{ word: string; n: number }>(text, [id]);
    return Object.fromEntries(rows.map(({ word, n }) => [word, n]));
  };
  const lease = await sql.query(
    `select l.epoch, l.claimed_at as "claimedAt", w.id is not null as owned from mkt_wap_leases l
     left join mkt_wap_workers w on w.id = l.owner and w.expires_at > clock_timestamp() where l.account_id = $1`,
    [id],
  );
  const version = await sql.query(`select version from mkt_wap_client_versions where network = $1`, [network]);
  return {
    lease: lease.rows[0],
    records: await counted(
      `select kind as word, count(*)::int as n from mkt_wap_session_records where account_id = $1 group by 1 order by 1`,
    ),
    generations: await counted(
      `select cause as word, count(*)::int as n from mkt_wap_session_generations where account_id = $1 group by 1 order by 1`,
    ),
    outbox: await counted(
      `select status as word, count(*)::int as n from mkt_wap_messages where account_id = $1 and direction = 'out'
       and status in ('queued', 'sending', 'unknown') group by 1 order by 1`,
    ),
    clientVersion: version.rows[0]?.version ?? null,
    parked: (
      await counted(`select 'all' as word, count(*)::int as n from mkt_wap_parked_entries where account_id = $1`)
    ).all!,
  };
}
