import { expect, it } from 'vitest';
import { ManualClock } from '../../../clock/manual-clock.js';
import { TimeTeller } from './time.teller.js';

it('tells the time when the clock was set, once, and not because time passes', () => {
  const clock = new ManualClock('2026-05-01T00:00:00Z');
  const told: number[] = [];
  const teller = new TimeTeller(clock, ({ now }) => told.push(now));
  teller.start();
  clock.advance(3_600_000);
  expect(told).toEqual([]);
  clock.step(61_000);
  clock.advance(1_000);
  clock.advance(60_000);
  expect(told).toEqual([Date.parse('2026-05-01T01:01:02Z')]);
  clock.step(-61_000);
  clock.advance(1_000);
  expect(told).toHaveLength(2);
  teller.stop();
  expect(clock.waiting).toBe(0);
});
