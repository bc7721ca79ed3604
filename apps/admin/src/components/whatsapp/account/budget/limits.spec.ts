import type { Governor } from '@trunkline/contracts';
import { describe, expect, it } from 'vitest';
import { draftOf, settingsOf, withProfile } from './limits';

const numbers = {
  burst: 3,
  perMinute: 6,
  perDay: 400,
  firstContactBurst: 1,
  firstContactsPerHour: 4,
  firstContactsPerDay: 10,
};
const governor = (settings: Governor['settings'] = {}): Governor => ({
  profile: 'auto',
  settings,
  inForce: 'new',
  ageDays: 2,
  choices: [
    { profile: 'auto', defaults: { ...numbers, quietHours: { from: '21:00', to: '08:00' } }, bounds: numbers },
    { profile: 'sandbox', defaults: { ...numbers, quietHours: null }, bounds: numbers },
  ],
});

describe('the form of the limits', () => {
  it('keeps nothing that is as the profile says', () => {
    expect(settingsOf(draftOf(governor()))).toEqual({});
  });

  it('keeps what a person set, and gives it back', () => {
    const settings = { perDay: 100, quietHours: null, timeZone: 'Asia/Jakarta', numberSince: '2024-01-01' };
    expect(settingsOf(draftOf(governor(settings)))).toEqual(settings);
  });

  it('forgets what is emptied, and keeps hours of one’s own', () => {
    const draft = draftOf(governor({ perDay: 100 }));
    expect(settingsOf({ ...draft, perDay: '', from: '20:00' })).toEqual({ quietHours: { from: '20:00', to: '08:00' } });
  });

  it('follows the hours of another profile, unless a person has set their own', () => {
    const draft = draftOf(governor());
    expect(withProfile(draft, governor(), 'sandbox')).toMatchObject({ profile: 'sandbox', quiet: false });
    const own = { ...draft, from: '20:00' };
    const changed = { ...own, ...withProfile(own, governor(), 'sandbox') };
    expect(settingsOf(changed)).toEqual({ quietHours: { from: '20:00', to: '08:00' } });
  });
});
