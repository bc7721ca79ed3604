import { describe, expect, it } from 'vitest';
import { type AccountEvent, engineWanted, step } from './account.machine.js';
import { born } from './testing/born.js';
import { at, run, closed, linking, linked, kinds } from './testing/steps.js';

describe('an account that comes to rest', () => {
  const active = run(born, ...linked).state;

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

  it('is not tried again in the same moment when a ban is over already by the time it is told', () => {
    const { state } = step(
      run(born, ...linked).state,
      { type: 'closed', reason: 'temporarily_banned', detail: '', until: at(-5_000).getTime() },
      at(0),
      0,
    );
    expect(state).toMatchObject({ status: 'banned', nextAttemptAt: at(60_000) });
  });
});
