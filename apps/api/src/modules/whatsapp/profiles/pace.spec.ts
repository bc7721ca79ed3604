import { expect, it } from 'vitest';
import { Pace } from './pace.js';

it('gives a screenful at once, then one every three seconds, and saves up no more than a screenful', () => {
  let now = 0;
  const pace = new Pace(() => now);
  const taken = () => Array.from({ length: 10 }, () => pace.take()).filter((wait) => wait === 0).length;
  expect(taken()).toBe(8);
  expect(pace.take()).toBe(3_000);
  now = 2_000;
  expect(pace.take()).toBe(1_000);
  now = 3_000;
  expect(taken()).toBe(1);
  now = 10_000;
  expect(taken()).toBe(2);
  now = 1_000_000;
  expect(taken()).toBe(8);
});
