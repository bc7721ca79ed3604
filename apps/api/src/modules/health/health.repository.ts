import type { Sql } from '../../database/database.js';

/** Events without a number for longer than this are a backlog, not a batch that is on its way. */
const backlogSeconds = 10;

/** What the database knows of the other parts; in sentences, or undefined when all is well. By the database's clock. */
export class HealthRepository {
  constructor(private readonly sql: Sql) {}

  async ping(): Promise<void> {
    await this.sql.query('select 1');
  }

  async numbererTrouble(): Promise<string | undefined> {
    const { rows } = await this.sql.query<{ waiting: number }>(
      `select count(*)::int as waiting from
         (select from mkt_wap_events where position is null and timestamp < now() - make_interval(secs => $1) limit 1000) late`,
      [backlogSeconds],
    );
    const waiting = rows[0]?.waiting ?? 0;
    return waiting > 0
      ? `${waiting} events have waited for their numbers for more than ${backlogSeconds} s.`
      : undefined;
  }

  /** Accounts that should be online, on a network that no live worker serves. */
  async workerTrouble(): Promise<string | undefined> {
    const { rows } = await this.sql.query<{ network: string; accounts: number }>(
      `select a.network, count(*)::int as accounts from mkt_wap_accounts a
        where a.wanted = 'online' and a.deleted_at is null
          and not exists (select from mkt_wap_workers w where w.network = a.network and w.expires_at > clock_timestamp())
        group by a.network order by a.network`,
    );
    if (rows.length === 0) return undefined;
    return rows.map(({ network, accounts }) => `No worker serves ${network} (${accounts} accounts wait).`).join(' ');
  }
}
