import { type Reason, REASON_NAMES } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../engines/engine.js';
import type { LidUser, PhoneDigits } from '../../jid.js';
import { type AccountEvent, engineWanted, type Next, refusal, type State, step } from './account.machine.js';
import { born } from './testing/born.js';

/** As the requirements say them: R2.1 and R1.4. */
const [LINKING_MS, NUMBER_MS] = [5 * 60_000, 60_000];
const T0 = new Date('2026-01-01T00:00:00Z');
const at = (ms: number) => new Date(T0.getTime() + ms);
const phone = '9990000000001' as PhoneDigits;
const known: Identity = { phone, lid: '77' as LidUser, pushName: 'Shop', device: 1 };
const nameless: Identity = { phone: null, lid: '77' as LidUser, pushName: null, device: 1 };

/** Runs the events one after another, a second apart; answers the last step. */
function run(state: State, ...events: AccountEvent[]): Next {
  let next: Next = { state, effects: [] };
  events.forEach((event, index) => (next = step(next.state, event, at(index * 1000), 0.5)));
  return next;
}

const closed = (reason: (typeof REASON_NAMES)[number]): AccountEvent => ({ type: 'closed', reason, detail: '' });
const linking: AccountEvent[] = [{ type: 'initialize' }, { type: 'linked', identity: known }];
const linked: AccountEvent[] = [...linking, closed('restart_required'), { type: 'open' }, { type: 'verified' }];
const kinds = (next: Next) => next.effects.map((effect) => effect.type);

describe('linking', () => {
  it('shows a QR for five minutes, then goes back to inactive and offers to try again', () => {
    const shown = run(born, { type: 'initialize' });
    expect(shown.state).toMatchObject({ status: 'warming', wanted: 'online', deadline: at(LINKING_MS) });
    expect(shown.effects).toEqual([{ type: 'open', linked: false }]);
    expect(step(shown.state, { type: 'due' }, at(LINKING_MS - 1), 0).state).toBe(shown.state);
    const late = step(shown.state, { type: 'due' }, at(LINKING_MS), 0);
    expect(late.state).toMatchObject({
      status: 'inactive',
      wanted: 'offline',
      connection: 'offline',
      reason: 'linking_timeout',
    });
    expect(late.effects).toEqual([
      { type: 'close' },
      expect.objectContaining({ type: 'error', action: 'retry_initialize' }),
    ]);
  });

  it('is active once verified and the number is known, and keeps no deadline', () => {
    expect(run(born, ...linking).state).toMatchObject({
      status: 'authenticating',
      linked: true,
      phoneNumber: `+${phone}`,
    });
    const done = run(born, ...linked);
    expect(done.state).toMatchObject({ status: 'active', connection: 'connected', deadline: null });
    expect(done.effects).toContainEqual({ type: 'snapshot', cause: 'linked' });
  });

  it('looks for a number that is not known, 60 s at most, and then asks for it without dropping the session', () => {
    const events = linked.map((event) => (event.type === 'linked' ? { ...event, identity: nameless } : event));
    const waiting = run(born, ...events);
    expect(waiting.state).toMatchObject({
      status: 'authenticating',
      connection: 'connected',
      deadlineKind: 'phone_number',
    });
    expect(kinds(waiting)).toContain('find-number');
    const missing = step(waiting.state, { type: 'due' }, at(1000 + NUMBER_MS), 0);
    expect(missing.state).toMatchObject({
      status: 'inactive',
      reason: 'phone_number_missing',
      userAction: 'update_phone',
      linked: true,
    });

    const entered = step(missing.state, { type: 'phone', phoneNumber: '+9990000000009' }, at(70_000), 0);
    expect(entered.state).toMatchObject({ status: 'active', connection: 'connecting', phoneNumberSource: 'manual' });
    expect(entered.effects).toContainEqual({ type: 'open', linked: true });
    const told = step(entered.state, { type: 'identity', identity: known }, at(71_000), 0);
    expect(told.state).toMatchObject({ phoneNumber: `+${phone}`, phoneNumberSource: 'engine' });
    expect(told.effects).toContainEqual(expect.objectContaining({ type: 'error', reason: 'phone_number_conflict' }));
  });

  it('takes a code instead of a QR while warming, and refuses one when linked', () => {
    const byCode: AccountEvent = { type: 'initialize', pairByCode: phone };
    expect(run(born, { type: 'initialize' }, byCode).effects).toEqual([
      { type: 'open', linked: false, pairByCode: phone },
    ]);
    expect(run(born, ...linked, byCode).effects).toEqual([]);
  });

  it('stops at the third connection that the server ends over a QR, and says so', () => {
    const ended = (reason: Reason): AccountEvent => ({ type: 'closed', reason, detail: '', codeShown: true });
    const twice = run(born, { type: 'initialize' }, ended('restart_required'), ended('connection_closed')).state;
    expect(twice).toMatchObject({ status: 'warming', attempt: 2, reason: 'connection_closed' });
    const third = step(twice, { type: 'due' }, twice.nextAttemptAt!, 0.5).state;
    expect(step(third, ended('connection_closed'), at(20_000), 0.5).state).toMatchObject({
      status: 'inactive',
      reason: 'qr_refused',
      userAction: 'retry_initialize',
    });
    expect(step(third, ended('network_unreachable'), at(20_000), 0.5).state.status).toBe('warming');
    expect(step(third, closed('connection_closed'), at(20_000), 0.5).state.status).toBe('warming');
  });

  const taken: AccountEvent = {
    type: 'number-taken',
    phoneNumber: `+${phone}`,
    accountId: '00000000-0000-7000-8000-000000000001',
    accountName: 'Other',
  };

  it('unlinks again a phone that another account has, once its device can say goodbye', () => {
    const told = run(born, ...linking, taken);
    expect(told.state).toMatchObject({ status: 'authenticating', linked: true, phoneNumber: null });
    expect(told.effects).toEqual([]);
    for (const whole of [closed('restart_required'), { type: 'open' } as const, closed('connection_lost')]) {
      const left = step(told.state, whole, at(10_000), 0);
      expect(left.state).toMatchObject({
        status: 'inactive',
        linked: false,
        reason: 'phone_number_taken',
        userAction: 'open_account',
        conflictAccountId: (taken as { accountId: string }).accountId,
      });
      expect(kinds(left)).toEqual(['unlink', 'archive', 'error']);
    }
    expect(kinds(run(born, ...linked, taken))).toEqual(['unlink', 'archive', 'error']);
  });
});

describe('another phone than before', () => {
  const other: Identity = { phone: '9990000000002' as PhoneDigits, lid: '88' as LidUser, pushName: 'B', device: 1 };
  const before = run(born, ...linked, closed('unlinked')).state;
  const relinking: AccountEvent[] = [{ type: 'initialize' }, { type: 'linked', identity: other }];
  const asked = run(before, ...relinking, closed('restart_required'));

  it('is a question, asked when the link is whole; nothing is overwritten and no engine runs', () => {
    expect(run(before, ...relinking).state).toMatchObject({ status: 'authenticating', phoneNumber: `+${phone}` });
    expect(asked.state).toMatchObject({
      status: 'inactive',
      wanted: 'offline',
      linked: true,
      reason: 'phone_number_conflict',
      userAction: 'confirm_number',
      phoneNumber: `+${phone}`,
      conflictPhoneNumber: '+9990000000002',
    });
    expect(kinds(asked)).toEqual(['close', 'error']);
    expect(refusal(asked.state, { type: 'initialize' })?.code).toBe('conflict');
    expect(step(asked.state, { type: 'initialize' }, at(60_000), 0).state).toBe(asked.state);
  });

  it('is asked at once when the number comes late', () => {
    const late = run(
      before,
      { type: 'initialize' },
      { type: 'linked', identity: { ...other, phone: null } },
      closed('restart_required'),
      { type: 'open' },
      { type: 'verified' },
      { type: 'identity', identity: other },
    );
    expect(late.state).toMatchObject({ status: 'inactive', reason: 'phone_number_conflict' });
  });

  it('is asked also when the worker died meanwhile, or the five minutes were over', () => {
    const linkedOnly = run(before, ...relinking).state;
    for (const event of [{ type: 'claimed' }, { type: 'due' }] as const)
      expect(step(linkedOnly, event, at(LINKING_MS + 1), 0).state.reason).toBe('phone_number_conflict');
  });

  it('goes on with the new number when a person says so', () => {
    const accepted = step(asked.state, { type: 'accept-number' }, at(60_000), 0);
    expect(accepted.state).toMatchObject({
      status: 'authenticating',
      phoneNumber: '+9990000000002',
      phoneNumberSource: 'engine',
      conflictPhoneNumber: null,
    });
    expect(kinds(accepted)).toEqual(['announce-number', 'open']);
    expect(run(accepted.state, { type: 'open' }, { type: 'verified' }).state.status).toBe('active');
  });

  it('is unlinked again when a person says so, and the account keeps its number', () => {
    const refused = step(asked.state, { type: 'refuse-number' }, at(60_000), 0);
    expect(refused.state).toMatchObject({ status: 'inactive', linked: false, phoneNumber: `+${phone}` });
    expect(kinds(refused)).toEqual(['unlink', 'archive']);
    expect(step(refused.state, { type: 'refuse-number' }, at(61_000), 0).effects).toEqual([]);
  });

  it('is none when it is the same person with a new number', () => {
    const moved = run(before, { type: 'initialize' }, { type: 'linked', identity: { ...other, lid: known.lid } });
    expect(moved.state).toMatchObject({ phoneNumber: '+9990000000002', conflictPhoneNumber: null });
  });
});

describe('linking that fails', () => {
  it('forgets what went wrong when a QR is on screen again, and not how often it was tried', () => {
    const dropped = run(born, { type: 'initialize' }, closed('connection_lost')).state;
    const again = step(dropped, { type: 'due' }, dropped.nextAttemptAt!, 0.5).state;
    expect(again).toMatchObject({ reason: 'connection_lost', nextAttemptAt: null });
    expect(step(again, { type: 'shown' }, at(5_000), 0.5).state).toMatchObject({
      status: 'warming',
      reason: 'none',
      statusNote: null,
      attempt: 1,
    });
  });

  it('calls a device that the server does not know refused, since it was never let in', () => {
    const refused = run(born, ...linking, closed('restart_required'), closed('unlinked'));
    expect(refused.state).toMatchObject({
      status: 'inactive',
      linked: false,
      reason: 'linking_refused',
      userAction: 'retry_initialize',
    });
    expect(refused.effects).toContainEqual({ type: 'archive', cause: 'unlinked' });
  });

  it('looks again after an hour when a ban was told without its end', () => {
    const banned = run(born, ...linking, closed('restart_required'), closed('temporarily_banned')).state;
    expect(banned).toMatchObject({ status: 'banned', userAction: 'wait', wanted: 'online' });
    const over = step(banned, { type: 'due' }, banned.nextAttemptAt!, 0.5).state;
    expect(over.nextAttemptAt).toBeNull();
    expect(over).toMatchObject({ status: 'authenticating', deadlineKind: 'linking' });
    expect(over.deadline!.getTime()).toBe(banned.nextAttemptAt!.getTime() + LINKING_MS);
  });
});

describe('a wall clock that is set', () => {
  it('moves deadline and next attempt with it, so that an hour back is not an hour of waiting', () => {
    const waiting = run(born, { type: 'initialize' }, closed('connection_lost')).state;
    const { deadline, nextAttemptAt } = waiting;
    const moved = step(waiting, { type: 'clock-moved', byMs: -3_600_000 }, at(0), 0.5).state;
    expect(moved.deadline!.getTime()).toBe(deadline!.getTime() - 3_600_000);
    expect(moved.nextAttemptAt!.getTime()).toBe(nextAttemptAt!.getTime() - 3_600_000);
  });
});

describe('an active account', () => {
  const active = run(born, ...linked).state;

  it('reconnects inside active, with growing waits, and forgets them once verified', () => {
    const dropped = step(active, closed('connection_lost'), at(10_000), 0.5);
    expect(dropped.state).toMatchObject({
      status: 'active',
      connection: 'reconnecting',
      attempt: 1,
      lastDisconnectedAt: at(10_000),
    });
    const waits = [1, 2, 3].reduce<{ state: State; waits: number[] }>(
      ({ state, waits }) => {
        const again = step(state, { type: 'due' }, state.nextAttemptAt!, 0.5);
        const failed = step(again.state, closed('connection_lost'), state.nextAttemptAt!, 0.5);
        return {
          state: failed.state,
          waits: [...waits, failed.state.nextAttemptAt!.getTime() - state.nextAttemptAt!.getTime()],
        };
      },
      { state: dropped.state, waits: [] },
    ).waits;
    expect(waits).toEqual([1500, 3000, 6000]);
    const back = run(dropped.state, { type: 'due' });
    expect(
      step(step(dropped.state, { type: 'due' }, at(20_000), 0).state, { type: 'verified' }, at(21_000), 0).state,
    ).toMatchObject({
      connection: 'connected',
      attempt: 0,
    });
    expect(back.effects).toEqual([]);
  });

  it('stops at a 440, and goes on when a person takes over', () => {
    const replaced = step(active, closed('replaced'), at(10_000), 0);
    expect(replaced.state).toMatchObject({
      wanted: 'offline',
      status: 'inactive',
      userAction: 'take_over',
      linked: true,
    });
    expect(run(replaced.state, { type: 'initialize' }).state).toMatchObject({
      status: 'active',
      connection: 'connecting',
    });
  });

  it.each([
    ['backup', 'restored from a backup'],
    ['import', 'was imported'],
  ] as const)(
    'says at the first 440 after a copy from a %s that the original still runs, and not again',
    (copiedFrom, words) => {
      const first = step({ ...active, copiedFrom }, closed('replaced'), at(10_000), 0);
      expect(first.state.statusNote).toContain('The original still runs');
      expect(first.state.statusNote).toContain(words);
      expect(first.effects).toContainEqual(expect.objectContaining({ type: 'error', message: first.state.statusNote }));
      const taken = run(first.state, { type: 'initialize' }, { type: 'open' }, { type: 'verified' });
      const second = step(taken.state, closed('replaced'), at(20_000), 0);
      expect(second.state.statusNote).toContain('opened in another place');
      expect(second.state.statusNote).not.toContain('original');
      expect(step(active, closed('replaced'), at(10_000), 0).state.statusNote).not.toContain('original');
    },
  );

  it('puts its session aside when the phone unlinked it', () => {
    const unlinked = step(active, closed('unlinked'), at(10_000), 0);
    expect(unlinked.state).toMatchObject({ status: 'inactive', linked: false, userAction: 'scan_qr' });
    expect(kinds(unlinked)).toEqual(['archive', 'error']);
  });

  it.each(['session_missing', 'session_incomplete', 'session_corrupted'] as const)(
    'puts a session aside that cannot be used (%s), so that the next start shows a QR',
    (reason) => {
      const broken = step(active, closed(reason), at(10_000), 0);
      expect(broken.state).toMatchObject({ status: 'inactive', linked: false, reason, userAction: 'scan_qr' });
      expect(kinds(broken)).toEqual(['archive', 'error']);
      expect(run(broken.state, { type: 'initialize' }).effects).toEqual([{ type: 'open', linked: false }]);
    },
  );

  it('keeps a session that is only old, and uses it when a person says so', () => {
    const expired = step(active, closed('session_expired'), at(10_000), 0);
    expect(expired.state).toMatchObject({ status: 'inactive', linked: true, userAction: 'try_session' });
    expect(run(expired.state, { type: 'initialize' }).effects).toEqual([{ type: 'open', linked: true }]);
  });

  it('opens at once when the server asks for a restart, and waits when it asks again', () => {
    const once = step(active, closed('restart_required'), at(10_000), 0);
    expect(once.effects).toEqual([{ type: 'open', linked: true }]);
    const twice = step(once.state, closed('restart_required'), at(10_100), 0);
    expect(twice.effects).toEqual([]);
    expect(twice.state.nextAttemptAt!.getTime()).toBeGreaterThan(at(10_100).getTime());
  });

  it('tries another client version at once, and waits longer each time when that is refused as well', () => {
    const outdated = step(active, closed('client_outdated'), at(10_000), 0.5);
    expect(outdated.state).toMatchObject({ status: 'active', reason: 'client_outdated', attempt: 1 });
    expect(outdated.effects).toEqual([{ type: 'renew-version' }]);
    const found = step(outdated.state, { type: 'version-found' }, at(10_500), 0.5);
    expect(found.state.nextAttemptAt).toBeNull();
    expect(found.effects).toEqual([{ type: 'open', linked: true }]);
    expect(step(found.state, { type: 'version-found' }, at(10_600), 0.5).effects).toEqual([]);
    const refused = step(found.state, closed('client_outdated'), at(11_000), 0.5);
    expect(refused.state).toMatchObject({ attempt: 2, nextAttemptAt: at(11_000 + 90_000) });
    const offline = step(refused.state, { type: 'disconnect' }, at(12_000), 0.5).state;
    expect(step(offline, { type: 'version-found' }, at(13_000), 0.5)).toEqual({ state: offline, effects: [] });
  });

  it('waits out a temporary ban without an engine, and comes back by itself', () => {
    const banned = step(
      active,
      { ...closed('temporarily_banned'), until: at(3_600_000).getTime() } as AccountEvent,
      at(10_000),
      0,
    );
    expect(banned.state).toMatchObject({ status: 'banned', connection: 'offline', wanted: 'online' });
    expect(banned.state.statusNote).toContain('It ends 2026-01-01 01:00 UTC;');
    expect(engineWanted(banned.state)).toBe(false);
    expect(step(banned.state, { type: 'claimed' }, at(20_000), 0).effects).toEqual([]);
    const over = step(banned.state, { type: 'due' }, at(3_600_000), 0);
    expect(over).toMatchObject({
      state: { status: 'active', connection: 'reconnecting' },
      effects: [{ type: 'open', linked: true }],
    });
  });

  it('comes back after its owner died, and after a wait that its owner had begun', () => {
    expect(step(active, { type: 'claimed' }, at(9_000), 0)).toMatchObject({
      state: { status: 'active', connection: 'reconnecting' },
      effects: [{ type: 'open', linked: true }],
    });
    const waiting = step(active, closed('connection_lost'), at(10_000), 0.5).state;
    expect(step(waiting, { type: 'claimed' }, at(10_001), 0).effects).toEqual([]);
  });
});

describe('reset', () => {
  it('works on any status, clears number and name, and puts the session aside', () => {
    for (const state of [
      born,
      run(born, { type: 'initialize' }).state,
      run(born, ...linking).state,
      run(born, ...linked).state,
    ]) {
      const { state: after, effects } = step(state, { type: 'reset' }, at(60_000), 0);
      expect(after).toMatchObject({ status: 'inactive', connection: 'offline', wanted: 'offline', linked: false });
      expect(after).toMatchObject({ phoneNumber: null, pushName: null, statusNote: 'Account reset by user' });
      expect(effects.map(({ type }) => type)).toEqual(state.linked ? ['unlink', 'archive'] : ['close']);
    }
  });
});
