/**
 * What holds in every history of an account, however long and in whatever order: random events over the machine, with a
 * model of its one engine that says what a supervisor would hear, and of the vault that says what is kept.
 */
import { REASON_NAMES, REASONS, type UserAction } from '@trunkline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../engines/engine.js';
import type { LidUser, PhoneDigits } from '../../jid.js';
import { type AccountEvent, type Effect, engineWanted, refusal, type State, step } from './account.machine.js';
import { born } from './testing/born.js';

const T0 = born.since.getTime();
const phone = '9990000000001' as PhoneDigits;
const own: Identity = { phone, lid: '77' as LidUser, pushName: 'Shop', device: 1 };
const nameless: Identity = { ...own, phone: null, pushName: null };
const stranger: Identity = { ...own, phone: '9990000000002' as PhoneDigits, lid: '88' as LidUser };
const HOUR = 3_600_000;

/** People, time and other workers: at any moment. */
const ASKED: AccountEvent[] = [
  { type: 'initialize' },
  { type: 'initialize', pairByCode: phone },
  { type: 'disconnect' },
  { type: 'reset' },
  { type: 'logout' },
  { type: 'phone', phoneNumber: '+9990000000009' },
  { type: 'accept-number' },
  { type: 'refuse-number' },
  { type: 'number-taken', phoneNumber: `+${phone}`, accountId: 'other', accountName: 'Other' },
  { type: 'restore', generationId: 'older' },
  { type: 'look-for-number' },
  { type: 'line-changed' },
  { type: 'claimed' },
  { type: 'due' },
  { type: 'clock-moved', byMs: HOUR },
  { type: 'clock-moved', byMs: -HOUR },
];
/** An engine: only while there is one. */
const SAID: AccountEvent[] = [
  { type: 'shown' },
  { type: 'linked', identity: own },
  { type: 'linked', identity: nameless },
  { type: 'linked', identity: stranger },
  { type: 'open' },
  { type: 'verified' },
  { type: 'seen' },
  { type: 'version-found' },
  { type: 'identity', identity: own },
  { type: 'identity', identity: stranger },
  { type: 'closed', reason: 'temporarily_banned', detail: '', until: T0 + 2 * HOUR },
  { type: 'closed', reason: 'rate_limited', detail: '', retryAfterSeconds: 120 },
  { type: 'closed', reason: 'connection_closed', detail: '', codeShown: true },
];
const BY_ENGINE = new Set(SAID.map(({ type }) => type));
const closings = REASON_NAMES.map((reason): AccountEvent => ({ type: 'closed', reason, detail: '' }));
const event = fc.oneof(
  fc.constantFrom(...ASKED),
  fc.constantFrom(...SAID),
  fc.constantFrom(...closings),
  // Half of all, so that long lives are lived: most engines get far before something happens to them.
  fc.constantFrom<AccountEvent>(
    { type: 'initialize' },
    { type: 'linked', identity: own },
    { type: 'open' },
    { type: 'verified' },
    { type: 'due' },
  ),
);
/** Up to ten minutes between two events, so that deadlines pass and attempts come due; long ones, which need the size said. */
const history = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 600_000 })), { maxLength: 60, size: 'max' });
const random = fc.double({ min: 0, max: 0.999, noNaN: true });

/** One account with its engine and its vault, as the supervisor keeps them. */
class Life {
  state: State = born;
  now = T0;
  /** What runs: at most one, by construction of the effects. */
  engine: 'none' | 'linking' | 'login' = 'none';
  /** The engine that runs has answered a query. */
  proved = false;
  /** The vault holds a session that nobody declared unfit. */
  kept = false;
  effects: Effect[] = [];

  constructor(private readonly random: number) {}

  /** What cannot be heard is not: an engine that is not there, a command that is refused. */
  hears(each: AccountEvent): boolean {
    if (refusal(this.state, each)) return false;
    if (!BY_ENGINE.has(each.type)) return true;
    if (this.engine === 'none') return false;
    if (each.type === 'linked' || each.type === 'shown') return this.engine === 'linking' && !this.state.linked;
    if (each.type === 'open' || each.type === 'seen' || each.type === 'identity') return this.engine === 'login';
    // A connection that shows a QR answers queries, too.
    return each.type !== 'verified' || this.engine === 'login' || !this.state.linked;
  }

  live(each: AccountEvent): void {
    if (each.type === 'claimed' || each.type === 'closed') this.#ends();
    if (each.type === 'linked') this.kept = true;
    if (each.type === 'clock-moved') this.now += each.byMs;
    const { state, effects } = step(this.state, each, new Date(this.now), this.random);
    this.#perform(effects);
    if (each.type === 'verified' && this.engine === 'login') this.proved = true;
    [this.state, this.effects] = [state, effects];
  }

  #perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'close' || effect.type === 'unlink') this.#ends();
      if (effect.type === 'archive') this.kept = false;
      if (effect.type === 'restore') this.kept = true;
      if (effect.type === 'open') [this.engine, this.proved] = [effect.linked ? 'login' : 'linking', false];
    }
  }

  #ends(): void {
    [this.engine, this.proved] = ['none', false];
  }
}

function lives(check: (life: Life, each: AccountEvent, before: State) => void, numRuns = 1_000): void {
  fc.assert(
    fc.property(history, random, (events, chance) => {
      const life = new Life(chance);
      for (const [each, passed] of events) {
        life.now += passed;
        if (!life.hears(each)) continue;
        const before = life.state;
        life.live(each);
        check(life, each, before);
      }
    }),
    { numRuns },
  );
}

describe('in every history', () => {
  it('an engine runs exactly while the state wants one, and never two', () => {
    lives(({ engine, state, effects }) => {
      expect(engine !== 'none').toBe(engineWanted(state));
      expect(effects.filter(({ type }) => type === 'open').length).toBeLessThanOrEqual(1);
    });
  });

  it('connected is said if and only if its engine has answered a query', () => {
    lives(({ state, proved }) => expect(state.connection === 'connected').toBe(proved));
  });

  it('no QR is shown while there is a session, and no session goes without being kept aside', () => {
    lives(({ state, kept, effects }, each, before) => {
      expect(state.linked).toBe(kept);
      for (const effect of effects) if (effect.type === 'open') expect(effect.linked).toBe(kept);
      if (!before.linked || state.linked) return;
      expect(effects.map(({ type }) => type)).toContain('archive');
      // A time-out, a drop, or a ban never ends a session.
      const byPerson = ['reset', 'logout', 'refuse-number'].includes(each.type);
      const unfit = each.type === 'closed' && REASONS[each.reason] !== 'transient';
      expect(byPerson || unfit || before.conflictAccountId !== null || each.type === 'number-taken').toBe(true);
    });
  });

  it('the same event twice changes nothing', () => {
    lives(({ state, now }, each, before) => {
      if (each.type === 'clock-moved') return;
      // Who is answered that the phone is another account's, and asks again, wants to link another phone.
      if (each.type === 'initialize' && before.reason !== state.reason && state.reason === 'phone_number_taken') return;
      // The end of another connection, that of the one which took its place at once, is another event.
      if (each.type === 'closed' && engineWanted(state)) return;
      expect(step(state, each, new Date(now), 0.5).state).toEqual(state);
    });
  });

  it('what waits has a time, which is not beyond what its reason allows', () => {
    lives(({ state, now, engine }) => {
      if (state.wanted === 'offline') return expect([state.deadline, state.nextAttemptAt]).toEqual([null, null]);
      if (state.status === 'warming' || state.status === 'authenticating') expect(state.deadline).not.toBeNull();
      if (engine === 'none') expect(state.nextAttemptAt).not.toBeNull();
      if (state.status === 'banned') return undefined;
      const waits = (state.nextAttemptAt?.getTime() ?? now) - now;
      return expect(waits).toBeLessThanOrEqual(5 * 60_000);
    });
  });

  it('where nothing goes on by itself a person is asked, and where something went wrong is told why', () => {
    lives(({ state }) => {
      if (state.wanted === 'online' || state.reason === 'none') return;
      expect(state.userAction).not.toBeNull();
      expect(state.statusNote).not.toBe('');
      if (REASONS[state.reason] === 'person') expect(state.status).not.toBe('active');
    });
  });

  it('a clock that is set shortens and prolongs nothing', () => {
    lives(({ state, now }) => {
      for (const byMs of [HOUR, -HOUR, 30 * 24 * HOUR]) {
        const moved = step(state, { type: 'clock-moved', byMs }, new Date(now + byMs), 0.5).state;
        const due = (at: Date | null, from: number) => at && at.getTime() - from;
        expect(due(moved.deadline, now + byMs)).toBe(due(state.deadline, now));
        expect(due(moved.nextAttemptAt, now + byMs)).toBe(due(state.nextAttemptAt, now));
        expect(moved.status).toBe(state.status);
      }
    }, 500);
  });

  it('a healthy network and a person who does what is offered bring every account back', () => {
    lives((life) => expect(recovers(life)).toBe('active connected'));
  });
});

/** What a person does who presses the button that is shown. */
const PRESSED: Partial<Record<UserAction, AccountEvent>> = {
  update_phone: { type: 'phone', phoneNumber: `+${phone}` },
  confirm_number: { type: 'refuse-number' },
  reset: { type: 'reset' },
};

/** The phone that the account had before, if it had one. */
const whoIs = ({ phoneNumber, phoneNumberSource, lid }: State): Identity =>
  phoneNumberSource === 'engine' && phoneNumber
    ? { ...own, phone: phoneNumber.slice(1) as PhoneDigits, lid: lid as LidUser | null }
    : own;

const ROUNDS = 12;

/** Goes on from a state as long as something can be done, a few rounds at most. */
function recovers({ state: from, now: begun, engine }: Life): string {
  let [state, now, runs] = [from, begun, engine !== 'none'];
  const live = (each: AccountEvent): void => {
    const next = step(state, each, new Date(now), 0.5);
    state = next.state;
    for (const effect of next.effects) {
      if (effect.type === 'open') runs = true;
      if (effect.type === 'close' || effect.type === 'unlink') runs = false;
    }
  };
  for (let round = 0; round < ROUNDS && !(state.status === 'active' && state.connection === 'connected'); round += 1) {
    if (state.wanted === 'offline') live(PRESSED[state.userAction ?? 'reconnect'] ?? { type: 'initialize' });
    else if (!runs) {
      now = Math.max(now, state.nextAttemptAt!.getTime());
      live({ type: 'due' });
    } else if (!state.linked) {
      live({ type: 'linked', identity: whoIs(state) });
      runs = false;
      live({ type: 'closed', reason: 'restart_required', detail: '' });
    } else for (const type of ['open', 'verified'] as const) if (runs) live({ type });
    if (runs && state.linked) live({ type: 'identity', identity: whoIs(state) });
  }
  return `${state.status} ${state.connection}`;
}
