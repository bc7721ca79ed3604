import { afterEach, expect, it, vi } from 'vitest';
import { noteServerDate, noteServerTime, serverNow, watchServerTime } from './server-time';

const now = Date.parse('2026-11-24T10:00:00Z');
afterEach(() => noteServerDate(new Date(now).toUTCString(), now));

it('follows a server whose clock is elsewhere', () => {
  noteServerDate('Tue, 24 Nov 2026 10:05:00 GMT', now);
  expect(serverNow(now)).toBe(now + 300_000);
});

it('trusts this computer while the two agree to the second', () => {
  noteServerDate('Tue, 24 Nov 2026 10:00:01 GMT', now);
  expect(serverNow(now)).toBe(now);
});

it('keeps what it knows when an answer tells no date', () => {
  noteServerDate('Tue, 24 Nov 2026 10:05:00 GMT', now);
  noteServerDate(null, now);
  noteServerDate('soon', now);
  expect(serverNow(now)).toBe(now + 300_000);
});

it('takes what the gateway tells over the whole seconds of an answer, and keeps it at the next', () => {
  noteServerDate('Tue, 24 Nov 2026 10:05:00 GMT', now);
  noteServerTime(now + 300_900, now);
  expect(serverNow(now)).toBe(now + 300_900);
  noteServerDate('Tue, 24 Nov 2026 10:05:00 GMT', now);
  expect(serverNow(now)).toBe(now + 300_900);
});

it('tells once that the time is another one, and does not jump for a part of a second', () => {
  const heard = vi.fn();
  const stop = watchServerTime(heard);
  noteServerTime(now + 300_900, now);
  noteServerDate('Tue, 24 Nov 2026 10:05:00 GMT', now);
  expect(serverNow(now)).toBe(now + 300_900);
  expect(heard).toHaveBeenCalledTimes(1);
  noteServerTime(now + 61_000, now);
  expect(serverNow(now)).toBe(now + 61_000);
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  noteServerTime(now, now);
  expect(heard).toHaveBeenCalledTimes(2);
});
