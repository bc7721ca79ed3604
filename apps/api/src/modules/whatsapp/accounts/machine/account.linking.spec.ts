import type { Reason } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import type { Identity } from '../../engines/engine.js';
import type { LidUser } from '../../jid.js';
import { type AccountEvent, step } from './account.machine.js';
import { born } from './testing/born.js';
import { at, phone, known, run, closed, linking, linked, kinds } from './testing/steps.js';

/** As the requirements say them: R2.1 and R1.4. */
const [LINKING_MS, NUMBER_MS] = [5 * 60_000, 60_000];

const nameless: Identity = { phone: null, lid: '77' as LidUser, pushName: null, device: 1 };

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
