import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Governor } from './governor.js';
import { PROFILES, profileOf } from './profile.js';

class Time {
  at = 0;
  monotonic = () => this.at;
  now = () => new Date(this.at);
}

describe('the governor', () => {
  it('never lets more through, in any window, than the burst and the rate', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 300 }), (gaps) => {
        const time = new Time();
        const profile = { burst: 5, perMinute: 60 };
        const governor = new Governor(time, () => profile);
        const sent: number[] = [];
        for (const gap of gaps) {
          time.at += gap;
          while (governor.mayGo() === undefined) sent.push(time.at);
        }
        for (let from = 0; from < sent.length; from += 1) {
          for (let to = from; to < sent.length; to += 1) {
            const allowed = profile.burst + ((sent[to]! - sent[from]!) * profile.perMinute) / 60_000;
            expect(to - from + 1).toBeLessThanOrEqual(allowed + 1e-6);
          }
        }
      }),
    );
  });

  it('says how long to wait, and lets go after that', () => {
    const time = new Time();
    const governor = new Governor(time, () => PROFILES.settled);
    expect(governor.mayGo()).toBeUndefined();
    const wait = governor.mayGo()!;
    expect(wait).toBe(2_000);
    time.at += wait - 1;
    expect(governor.mayGo()).toBe(1);
    time.at += 1;
    expect(governor.mayGo()).toBeUndefined();
  });

  it('takes the profile of the account: the sandbox its own, a number a week old the settled one', () => {
    const now = new Date('2026-01-20');
    expect(profileOf({ network: 'sandbox', linkedAt: now }, now)).toBe(PROFILES.sandbox);
    expect(profileOf({ network: 'whatsapp', linkedAt: null }, now)).toBe(PROFILES.new);
    expect(profileOf({ network: 'whatsapp', linkedAt: new Date('2026-01-01') }, now)).toBe(PROFILES.settled);
  });
});
