import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

const bounds = { firstMs: 100, ceilingMs: 1_000, healthyAfterMs: 5_000 };

it('doubles with each quick death, jittered by half, and never passes its ceiling', () => {
  const backoff = new Backoff(bounds);
  for (const full of [100, 200, 400, 800, 1_000, 1_000, 1_000]) {
    const waitMs = backoff.next(10);
    expect(waitMs).toBeGreaterThanOrEqual(full / 2);
    expect(waitMs).toBeLessThanOrEqual(full);
  }
  for (let deaths = 0; deaths < 2_000; deaths += 1) expect(backoff.next(0)).toBeLessThanOrEqual(bounds.ceilingMs);
});

it('begins anew after a life that was long enough', () => {
  const backoff = new Backoff(bounds);
  for (let deaths = 0; deaths < 6; deaths += 1) backoff.next(10);
  expect(backoff.next(bounds.healthyAfterMs)).toBeLessThanOrEqual(bounds.firstMs);
});
