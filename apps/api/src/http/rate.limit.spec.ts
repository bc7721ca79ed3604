import { describe, expect, it } from 'vitest';
import { ManualClock } from '../clock/manual-clock.js';
import { RateLimits } from './rate.limit.js';

const rate = { name: 'try', most: 2, seconds: 60 };
const withClock = () => {
  const clock = new ManualClock();
  return { clock, limits: new RateLimits(() => clock.monotonic()) };
};

describe('rate limits', () => {
  it('refuses what is over the limit, and says for how long', () => {
    const { clock, limits } = withClock();
    expect(limits.take(rate, 'ada')).toEqual({ allowed: true, limit: 2, remaining: 1, resetSeconds: 60 });
    limits.take(rate, 'ada');
    clock.advance(20_000);
    expect(limits.take(rate, 'ada')).toEqual({ allowed: false, limit: 2, remaining: 0, resetSeconds: 40 });
  });

  it('begins anew when the window has ended', () => {
    const { clock, limits } = withClock();
    for (let i = 0; i < 5; i += 1) limits.take(rate, 'ada');
    clock.advance(60_000);
    expect(limits.take(rate, 'ada').allowed).toBe(true);
  });

  it('counts each caller and each rate apart', () => {
    const { limits } = withClock();
    for (let i = 0; i < 3; i += 1) limits.take(rate, 'ada');
    expect(limits.take(rate, 'bob').allowed).toBe(true);
    expect(limits.take({ ...rate, name: 'other' }, 'ada').allowed).toBe(true);
  });

  it('looks without counting', () => {
    const { limits } = withClock();
    for (let i = 0; i < 5; i += 1) limits.peek(rate, 'ada');
    expect(limits.take(rate, 'ada').remaining).toBe(1);
  });
});
