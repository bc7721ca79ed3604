import { beforeAll, describe, expect, it, vi } from 'vitest';
import { dayKind, sameDay } from './day';
import { clock, secondsUntil } from './duration';
import { asTyped, countryOf, digitsOf, formatPhone, loadPhoneLibrary } from './phone';

describe('durations', () => {
  it('counts whole seconds and never below zero', () => {
    const now = Date.parse('2026-11-24T10:00:00Z');
    expect(secondsUntil('2026-11-24T10:00:20.400Z', now)).toBe(21);
    expect(secondsUntil('2026-11-24T09:59:00Z', now)).toBe(0);
  });

  it('is read as a clock', () => {
    expect([5, 245, 3845].map(clock)).toEqual(['0:05', '4:05', '1:04:05']);
  });
});

describe('days, where the viewer is', () => {
  const now = new Date(2026, 10, 24, 1, 0).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

  it('tells today, yesterday, this week and older apart by the calendar', () => {
    expect(dayKind(at(24, 0), now)).toBe('today');
    expect(dayKind(at(23, 23), now)).toBe('yesterday');
    expect(dayKind(at(23, 0), now)).toBe('yesterday');
    expect(dayKind(at(22, 23), now)).toBe('week');
    expect(dayKind(at(18, 0), now)).toBe('week');
    expect(dayKind(at(17, 23), now)).toBe('older');
  });

  it('calls a clock that runs ahead older rather than yesterday', () => {
    expect(dayKind(at(25, 1), now)).toBe('older');
  });

  it('compares by the calendar, not by 24 hours', () => {
    expect(sameDay(at(24, 0), at(24, 23))).toBe(true);
    expect(sameDay(at(23, 23), at(24, 0))).toBe(false);
  });
});

describe('phone numbers', () => {
  it('are plain until the tables are there', async () => {
    vi.resetModules();
    const unread = await import('./phone');
    expect(unread.formatPhone('+6281234567890')).toBe('+6281234567890');
    expect(unread.countryOf('+62')).toBeNull();
  });

  describe('with the tables', () => {
    beforeAll(() => loadPhoneLibrary());

    it('are grouped as their country does it', () => {
      expect(formatPhone('+6281234567890')).toBe('+62 812-3456-7890'.replaceAll('-', ' '));
      expect(formatPhone('447911123456')).toBe('+44 7911 123456');
    });

    it('of the sandbox are grouped for the eye', () => {
      expect(formatPhone('9990123456789')).toBe('+999 012 345 6789');
      expect(formatPhone('+99902100000')).toBe('+999 021 000 00');
    });

    it('are grouped as they are typed, with or without a plus', () => {
      expect(asTyped('62812345')).toBe('+62 812 345');
      expect(asTyped('+4479111')).toBe('+44 7911 1');
      expect(asTyped('9990123456')).toBe('+999 012 3456');
    });

    it('name their country as soon as it is clear', () => {
      expect(countryOf('+62 812')).toBe('ID');
      expect(countryOf('628123456')).toBe('ID');
      expect(countryOf('+999012')).toBeNull();
    });
  });

  it('are digits only for the sandbox', () => {
    expect(digitsOf('+999 012 345')).toBe('999012345');
  });
});
