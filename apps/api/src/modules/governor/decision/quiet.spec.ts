import { expect, it } from 'vitest';
import type { PhoneDigits } from '../../whatsapp/jid.js';
import { quietUntil } from './quiet.js';

const NIGHT = { from: '21:00', to: '08:00' };
/** Of a country from seven to nine hours east of Greenwich. */
const INDONESIA = '6281234567890' as PhoneDigits;
const LONDON = '447911123456' as PhoneDigits;
const at = (time: string) => Date.parse(`2026-01-15T${time}:00Z`);
const nextDay = (time: string) => at(time) + 24 * 3_600_000;

it.each([
  ['morning in the east, and night in the west yet', '23:30', nextDay('01:00')],
  ['evening in the east, and day in the west yet', '12:30', nextDay('01:00')],
  ['the last minute of the night in the west', '00:59', at('01:00')],
  ['day everywhere', '01:00', undefined],
  ['the last minute of the day in the east', '11:59', undefined],
])('is quiet for a number of a country with several zones while it is night in one of them: %s', (_, time, until) => {
  expect(quietUntil(NIGHT, INDONESIA, 'UTC', at(time))).toBe(until);
});

it('goes by the zone of the recipient, whatever the own one is, and by the own one for groups', () => {
  expect(quietUntil(NIGHT, LONDON, 'Asia/Jakarta', at('22:00'))).toBe(nextDay('08:00'));
  expect(quietUntil(NIGHT, LONDON, 'Asia/Jakarta', at('16:00'))).toBeUndefined();
  expect(quietUntil(NIGHT, null, 'Asia/Jakarta', at('16:00'))).toBe(nextDay('01:00'));
});

it('knows hours within one day, too', () => {
  const noon = { from: '12:00', to: '14:00' };
  expect(quietUntil(noon, LONDON, 'UTC', at('12:00'))).toBe(at('14:00'));
  expect(quietUntil(noon, LONDON, 'UTC', at('11:59'))).toBeUndefined();
  expect(quietUntil(noon, LONDON, 'UTC', at('14:00'))).toBeUndefined();
});
