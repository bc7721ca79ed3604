import fc from 'fast-check';
import { expect, it } from 'vitest';
import { counted, DAY_MS, EMPTY_DAY, roomAt, SLOT_MS, uncounted } from './day.window.js';

const NOON = Date.parse('2026-01-15T12:00:00Z');
const LIMIT = 5;

it('has room again when the whole slot is older than a day, and not before', () => {
  let day = EMPTY_DAY;
  for (let n = 0; n < LIMIT; n += 1) day = counted(day, NOON + 9 * 60_000);
  const again = NOON + SLOT_MS + DAY_MS;
  for (const at of [NOON + 10 * 60_000, NOON + DAY_MS, NOON + DAY_MS + 5 * 60_000, again - 1])
    expect(roomAt(day, LIMIT, at)).toBe(again);
  expect(roomAt(day, LIMIT, again)).toBe(again);
});

it('never lets more than the limit go within any 24 hours, however they come', () => {
  const gap = fc.oneof(
    fc.nat(60_000),
    fc.nat(DAY_MS),
    fc.nat(2 * SLOT_MS).map((ms) => DAY_MS - SLOT_MS + ms),
  );
  fc.assert(
    fc.property(fc.array(gap, { minLength: LIMIT, maxLength: 60, size: 'max' }), (gaps) => {
      let [day, at] = [EMPTY_DAY, NOON];
      const gone: number[] = [];
      for (const each of gaps) {
        at += each;
        if (roomAt(day, LIMIT, at) > at) continue;
        day = counted(day, at);
        gone.push(at);
      }
      gone.forEach((moment, n) => {
        const sixth = gone[n + LIMIT];
        if (sixth !== undefined) expect(sixth - moment).toBeGreaterThanOrEqual(DAY_MS);
      });
    }),
    { numRuns: 500 },
  );
});

it('has one place more when one of then is taken back, but for what has aged out', () => {
  let day = counted(counted(EMPTY_DAY, NOON), NOON + SLOT_MS);
  day = uncounted(day, NOON + SLOT_MS);
  expect(day.total).toBe(1);
  expect(roomAt(day, 1, NOON + SLOT_MS)).toBe(NOON + SLOT_MS + DAY_MS);
  expect(uncounted(day, NOON + SLOT_MS)).toEqual(day);
  expect(uncounted(day, NOON - DAY_MS)).toEqual(day);
});
