/**
 * The health check (R1.3): every five minutes one process of the installation looks at all accounts, in two steps. First
 * whatever is not as it should be is a *suspect*; what is still so at the next step, some seconds later, is a finding, since
 * what was only just being done is none. Each finding is mended, is an event of its account, and stands in the run's row.
 * The time of the next run is a row, so that it survives any process.
 */
import type { HealthFinding } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql, Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { insertCommand } from '../../cluster/commands/command.repository.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { takeTurn } from '../../cluster/schedule.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { insertRun } from './run.repository.js';
import { MENDS } from './mends.js';
import { countAccounts, findSuspects, type Suspect } from './suspect.repository.js';

export const HEALTH_SCHEDULE = 'health';
export const HEALTH_EVERY_MS = 5 * 60_000;
/** An owner that has not taken the command by then is found again by the next run. */
const COMMAND_MS = 2 * 60_000;

export class HealthCheck {
  #begun: { at: Date; suspects: Suspect[] } | undefined;

  constructor(
    private readonly store: Store,
    private readonly notifier: Notifier,
  ) {}

  /** To be called every few seconds by who has the duty. Answers how many findings there were. */
  async step(now: Date): Promise<number> {
    const begun = this.#begun;
    if (begun) {
      this.#begun = undefined;
      return this.#finish(begun.at, begun.suspects, now);
    }
    if (await takeTurn(this.store.pool, HEALTH_SCHEDULE, now, HEALTH_EVERY_MS)) {
      this.#begun = { at: now, suspects: await findSuspects(this.store.pool, now) };
    }
    return 0;
  }

  async #finish(startedAt: Date, suspects: Suspect[], now: Date): Promise<number> {
    const still = suspects.length > 0 ? await findSuspects(this.store.pool, now) : [];
    const found = still.filter((each) => suspects.some((before) => isSame(before, each)));
    const findings = found.map(({ kind, accountId }): HealthFinding => {
      const { message, mend } = MENDS[kind];
      return { kind, accountId, message, mend };
    });
    await transact(this.store.pool, async (sql) => {
      await insertRun(sql, { startedAt, finishedAt: now, accounts: await countAccounts(sql), findings });
      await appendEvents(
        sql,
        findings.map(({ accountId, ...payload }) => newEvent('health.finding', accountId, payload, now)),
      );
      for (const each of found) await ask(sql, each, now);
    });
    this.#wake(found);
    return findings.length;
  }

  #wake(found: Suspect[]): void {
    for (const { accountId } of found) this.notifier.wake('commands', accountId);
    if (found.some(({ kind }) => kind === 'lease_without_owner')) this.notifier.wake('networks');
  }
}

const isSame = (a: Suspect, b: Suspect): boolean => a.kind === b.kind && a.accountId === b.accountId;

async function ask(sql: Sql, { kind, accountId }: Suspect, now: Date): Promise<void> {
  const verb = MENDS[kind].ask;
  if (!verb) return;
  await insertCommand(sql, { id: uuid(), accountId, verb, input: {} }, now, new Date(now.getTime() + COMMAND_MS));
}
