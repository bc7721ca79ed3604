import { expect, it } from 'vitest';
import { readCapping, readTimeLock } from './limits.js';

const ends = new Date('2026-03-01T00:00:00Z');

it.each([
  ['one that stands', { isActive: true, timeEnforcementEnds: ends }, ends.getTime()],
  ['one that says no end', { isActive: true }, null],
  ['one that is over', { isActive: false }, 0],
])('reads a time lock: %s', (_what, lock, until) => {
  expect(readTimeLock(lock)).toEqual({ type: 'limit', code: 'reach_out_time_lock', until });
});

it('reads nothing where an update tells of no time lock', () => {
  expect(readTimeLock(undefined)).toBeUndefined();
});

it.each([
  ['CAPPED', ends.getTime()],
  ['FIRST_WARNING', 0],
  ['NONE', 0],
])('reads a cap on new chats that is %s', (status, until) => {
  const cap = { capping_status: status as never, cycle_end_timestamp: String(ends.getTime() / 1000) };
  expect(readCapping(cap)).toEqual({ type: 'limit', code: 'new_chat_limit', until });
});

it('reads nothing where a cap does not say how it stands', () => {
  expect(readCapping({ total_quota: 5 })).toBeUndefined();
});
