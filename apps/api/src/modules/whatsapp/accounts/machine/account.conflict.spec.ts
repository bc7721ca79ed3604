import { describe, expect, it } from 'vitest';
import type { Identity } from '../../engines/engine.js';
import type { LidUser, PhoneDigits } from '../../jid.js';
import { type AccountEvent, refusal, step } from './account.machine.js';
import { born } from './testing/born.js';
import { at, phone, known, run, closed, linking, linked, kinds } from './testing/steps.js';

/** As the requirements say it: R2.1. */
const LINKING_MS = 5 * 60_000;

describe('a phone that another account has', () => {
  const taken: AccountEvent = {
    type: 'number-taken',
    phoneNumber: `+${phone}`,
    accountId: '00000000-0000-7000-8000-000000000001',
    accountName: 'Other',
  };

  it('is unlinked again, once its device can say goodbye', () => {
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
