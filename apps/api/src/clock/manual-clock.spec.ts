import { expect, it } from 'vitest';
import { ManualClock } from './manual-clock.ts';

it('stands until it is turned, then runs what is due in order, each at its moment', () => {
  const clock = new ManualClock('2026-05-01T00:00:00Z');
  const seen: string[] = [];
  const note = (name: string) => () => seen.push(`${name} ${clock.now().toISOString().slice(14, 19)}`);
  clock.setTimeout(note('second'), 20_000);
  clock.setTimeout(note('first'), 10_000);
  clock.setTimeout(() => clock.setTimeout(note('nested'), 5_000), 20_000);
  const cancel = clock.setTimeout(note('cancelled'), 15_000);
  cancel();
  clock.advance(9_999);
  expect(seen).toEqual([]);
  clock.advance(60_000);
  expect(seen).toEqual(['first 00:10', 'second 00:20', 'nested 00:25']);
  expect(clock.waiting).toBe(0);
  expect(clock.monotonic()).toBe(69_999);
});
