import type { HealthReport, HealthRun, Network, RestoreProgress } from '@trunkline/contracts';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import type { Ctx } from '../../auth/ctx.js';
import { dueAt } from '../../cluster/schedule.repository.js';
import { readVersions } from '../engines/version/client.version.repository.js';
import { HEALTH_SCHEDULE } from './health.check.js';
import { accountTotals, errorsSince, reasonsNow, restoreProgress } from './health.report.repository.js';
import { lastRun, type RunRow } from './run.repository.js';

const HOUR_MS = 3_600_000;

export class HealthReportService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    /** WA_VERSION. */
    private readonly version: string | undefined,
    private readonly networks: Network[],
  ) {}

  async read(ctx: Ctx): Promise<HealthReport> {
    const { db, pool } = this.store;
    const now = this.clock.now().getTime();
    const [accounts, restore, reasons, lastHour, lastDay, run, next, clientVersions] = await Promise.all([
      accountTotals(db, ctx),
      restoreProgress(db, ctx),
      reasonsNow(db, ctx),
      errorsSince(db, ctx, new Date(now - HOUR_MS)),
      errorsSince(db, ctx, new Date(now - 24 * HOUR_MS)),
      lastRun(pool),
      dueAt(pool, HEALTH_SCHEDULE),
      this.#versions(),
    ]);
    const lastRunSeen = run ? seenBy(ctx, run) : null;
    const nextRunAt = next?.toISOString() ?? null;
    return {
      accounts,
      restore,
      reasons,
      errors: { lastHour, lastDay },
      lastRun: lastRunSeen,
      nextRunAt,
      clientVersions,
    };
  }

  restore(ctx: Ctx): Promise<RestoreProgress> {
    return restoreProgress(this.store.db, ctx);
  }

  async #versions(): Promise<HealthReport['clientVersions']> {
    const { version } = this;
    if (version) return this.networks.map((network) => ({ network, version, setting: true, workedAt: null }));
    const worked = await readVersions(this.store.pool);
    return worked.map((each) => ({ ...each, setting: false, workedAt: each.workedAt.toISOString() }));
  }
}

function seenBy(ctx: Ctx, { startedAt, finishedAt, accounts, findings }: RunRow): HealthRun {
  const allowed =
    ctx.accounts === 'all' ? findings : findings.filter(({ accountId }) => ctx.accounts.includes(accountId));
  return { startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString(), accounts, findings: allowed };
}
