import { expect, it } from 'vitest';
import { ClockWatch } from './clock.watch.js';
import { ManualClock } from './manual-clock.js';

it('tells a clock that was set from time that passes, once', () => {
  const clock = new ManualClock();
  const watch = new ClockWatch(clock);
  clock.advance(3_600_000);
  expect(watch.moved()).toBe(0);
  clock.step(3_600_000);
  expect(watch.moved()).toBe(3_600_000);
  expect(watch.moved()).toBe(0);
  clock.step(-3_600_000);
  expect(watch.moved()).toBe(-3_600_000);
});

it('adds up corrections until they matter', () => {
  const clock = new ManualClock();
  const watch = new ClockWatch(clock);
  clock.step(3_000);
  expect(watch.moved()).toBe(0);
  clock.step(3_000);
  expect(watch.moved()).toBe(6_000);
});
