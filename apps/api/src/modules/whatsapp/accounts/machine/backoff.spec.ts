import { expect, it } from 'vitest';
import { backOff } from './backoff.js';

const waits = (random: number, retryAfter?: number) =>
  Array.from({ length: 30 }, (_, n) => backOff('connection_lost', n + 1, random, retryAfter));

it('doubles from a second to a minute, and waits no longer ever after', () => {
  const all = waits(1);
  expect(all.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(all.slice(-20)).toEqual(Array(20).fill(60_000));
});

it('takes a random half off, so that many accounts do not come back in one moment', () => {
  expect(waits(0)).toEqual(waits(1).map((ms) => ms / 2));
});

it('waits as long as the server asked for, also when it is longer than the ceiling', () => {
  expect(waits(0, 600)).toEqual(Array(30).fill(600_000));
  expect(waits(1, 3).slice(0, 4)).toEqual([3_000, 3_000, 4_000, 8_000]);
});

it('waits for an hour at most, whatever a server or something before it asks for', () => {
  expect(waits(1, 86_400 * 365)).toEqual(Array(30).fill(3_600_000));
});

it('begins later where trying again soon would only annoy, and waits for up to five minutes', () => {
  const reasons = ['rate_limited', 'client_outdated', 'bad_certificate', 'proxy'] as const;
  expect(reasons.map((reason) => backOff(reason, 1, 1))).toEqual([30_000, 60_000, 15_000, 5_000]);
  expect(reasons.map((reason) => backOff(reason, 30, 1))).toEqual([300_000, 300_000, 300_000, 60_000]);
});
