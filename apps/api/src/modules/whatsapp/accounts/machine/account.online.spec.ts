import { describe, expect, it } from 'vitest';
import { type State, step } from './account.machine.js';
import { born } from './testing/born.js';
import { at, run, closed, known, linked } from './testing/steps.js';

describe('an account that is online', () => {
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

  it('comes back after its owner died, and after a wait that its owner had begun', () => {
    expect(step(active, { type: 'claimed' }, at(9_000), 0)).toMatchObject({
      state: { status: 'active', connection: 'reconnecting' },
      effects: [{ type: 'open', linked: true }],
    });
    const waiting = step(active, closed('connection_lost'), at(10_000), 0.5).state;
    expect(step(waiting, { type: 'claimed' }, at(10_001), 0).effects).toEqual([]);
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

  const MONTH = 30 * 86_400_000;
  it('while nobody owned the account makes nobody wait for it', () => {
    // Its last owner had a clock that was a month ahead.
    const [linkingThen, waitingThen] = [
      step(born, { type: 'initialize' }, at(MONTH), 0.5).state,
      step(run(born, ...linked).state, closed('rate_limited'), at(MONTH), 0.5).state,
    ];
    const claimed = (state: State) => step(state, { type: 'claimed' }, at(0), 0.5).state;
    expect(claimed(linkingThen)).toMatchObject({ linkingSince: at(0), deadline: at(5 * 60_000) });
    expect(claimed(waitingThen).nextAttemptAt!.getTime()).toBeLessThanOrEqual(at(3_600_000).getTime());
    const scanned = step(linkingThen, { type: 'linked', identity: { ...known, phone: null } }, at(MONTH), 0.5).state;
    expect(claimed(scanned)).toMatchObject({ authenticatedAt: at(0), deadline: at(60_000) });
  });

  it('while nobody owned the account ends no ban, and leaves what is right as it is', () => {
    const until = at(MONTH).getTime();
    const banned = step(
      run(born, ...linked).state,
      { type: 'closed', reason: 'temporarily_banned', detail: '', until },
      at(0),
      0,
    ).state;
    expect(step(banned, { type: 'claimed' }, at(5_000), 0).state).toEqual(banned);
    const waiting = run(born, { type: 'initialize' }, closed('connection_lost')).state;
    expect(step(waiting, { type: 'claimed' }, at(2_000), 0).state).toEqual(waiting);
  });
});
