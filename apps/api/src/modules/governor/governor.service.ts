import type { Budget, Governor, GovernorChange, GovernorProfileName } from '@trunkline/contracts';
import type { Clock } from '../../clock/clock.js';
import type { Sql, Store } from '../../database/database.js';
import { transact } from '../../database/transaction.js';
import { ProblemError, type ProblemDetail } from '../../errors/problem.js';
import type { Ctx } from '../auth/ctx.js';
import type { Notifier } from '../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../whatsapp/events/event.log.repository.js';
import { budgetOf } from './budget.js';
import { stateFrom } from './decision/usage.js';
import { offsetOf } from './decision/zones.js';
import { readHolds } from './hold.repository.js';
import { ageOf, BOUNDS, type Governed, limitsOf, profileOf, PROFILES } from './profiles.js';
import { findGoverned, writeSettings } from './settings.repository.js';
import { countWaiting, readUsage } from './usage.repository.js';

/** The limits of accounts, as people see and set them. What is in force is decided by the account's owner. */
export class GovernorService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly notifier: Notifier,
  ) {}

  /** From the rows, hence the same from every node; what its owner holds for a moment by chance (jitter) is not in it. */
  async budget(ctx: Ctx, id: string): Promise<Budget> {
    const sql = this.store.pool;
    const governed = await this.#find(sql, ctx, id);
    const now = this.clock.now();
    const limits = limitsOf(governed, now);
    const [usage, known, waiting] = await Promise.all([
      readUsage(sql, id, limits, now),
      readHolds(sql, [id]),
      countWaiting(sql, ctx, id),
    ]);
    const holds = (known.get(id) ?? []).filter(({ lifted, until }) => !lifted && until > now.getTime());
    return budgetOf({
      profile: profileOf(governed, now),
      limits,
      state: { ...stateFrom(usage, limits, now.getTime()), holds },
      holds,
      waiting,
      now: { at: now.getTime(), wall: now.getTime(), random: () => 0 },
    });
  }

  async read(ctx: Ctx, id: string): Promise<Governor> {
    return this.#view(await this.#find(this.store.pool, ctx, id));
  }

  async change(ctx: Ctx, id: string, change: GovernorChange): Promise<Governor> {
    const now = this.clock.now();
    const governed = await transact(this.store.pool, async (sql) => {
      const next = { ...(await this.#find(sql, ctx, id)), ...change };
      check(next, now);
      await writeSettings(sql, id, next, ctx.actor.name, now);
      await appendEvents(sql, [newEvent('governor.changed', id, { ...change, by: ctx.actor.name }, now)]);
      return next;
    });
    this.notifier.wake('governor', id);
    this.notifier.wake('unnumbered');
    return this.#view(governed);
  }

  async #find(sql: Sql, ctx: Ctx, id: string): Promise<Governed> {
    const governed = await findGoverned(sql, ctx, id);
    if (!governed) throw new ProblemError('not_found', 'There is no such account.');
    return governed;
  }

  #view(governed: Governed): Governor {
    const now = this.clock.now();
    const profile = profileOf(governed, now);
    return {
      profile: governed.profile,
      inForce: profile,
      ageDays: Math.floor(ageOf(governed, now)),
      settings: governed.settings,
      choices: choicesOf(governed).map((choice) => ({
        profile: choice,
        defaults: PROFILES[profileOf({ ...governed, profile: choice }, now)],
        bounds: BOUNDS[boundsOf({ ...governed, profile: choice })],
      })),
    };
  }
}

const choicesOf = ({ network }: Governed): GovernorChange['profile'][] =>
  network === 'sandbox' ? ['auto', 'new', 'settled', 'sandbox'] : ['auto', 'new', 'settled'];

/** `auto` becomes `settled` one day: what is set for then is kept, and counts as the bound until then. */
function boundsOf({ network, profile }: Governed): GovernorProfileName {
  if (profile !== 'auto') return profile;
  return network === 'sandbox' ? 'sandbox' : 'settled';
}

function check(governed: Governed, now: Date): void {
  const { network, profile, settings } = governed;
  const wrong: ProblemDetail[] = [];
  if (profile === 'sandbox' && network !== 'sandbox') {
    wrong.push({ field: 'profile', message: 'This profile is for accounts of the sandbox only.' });
  } else {
    const bounds = BOUNDS[boundsOf(governed)];
    for (const key of Object.keys(bounds) as (keyof typeof bounds)[]) {
      if ((settings[key] ?? 0) > bounds[key]) {
        wrong.push({ field: `settings.${key}`, message: `At most ${bounds[key]}, with this profile.` });
      }
    }
  }
  if (settings.timeZone && offsetOf(settings.timeZone, now.getTime()) === undefined) {
    wrong.push({ field: 'settings.timeZone', message: 'Give a zone such as Asia/Jakarta.' });
  }
  if (settings.quietHours && settings.quietHours.from === settings.quietHours.to) {
    wrong.push({ field: 'settings.quietHours', message: 'They would last all day: give two different times.' });
  }
  if (settings.numberSince && new Date(settings.numberSince) > now) {
    wrong.push({ field: 'settings.numberSince', message: 'This day is yet to come.' });
  }
  if (wrong.length > 0) throw new ProblemError('validation_failed', wrong[0]!.message, wrong);
}
