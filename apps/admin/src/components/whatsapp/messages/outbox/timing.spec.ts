import { expect, it } from 'vitest';
import { timingOf } from './timing';

const now = Date.parse('2026-11-25T10:00');

it('reads the two times, the second if there is one', () => {
  const notBefore = new Date('2026-11-25T12:00').toISOString();
  expect(timingOf('2026-11-25T12:00', '', now)).toEqual({ notBefore });
  const notAfter = new Date('2026-11-25T13:00').toISOString();
  expect(timingOf('2026-11-25T12:00', '2026-11-25T13:00', now)).toEqual({ notBefore, notAfter });
});

it.each([
  ['', '', 'from'],
  ['2026-11-25T09:00', '', 'from'],
  ['2026-11-25T12:00', '2026-11-25T12:00', 'until'],
  ['2026-11-25T12:00', '2026-11-25T11:00', 'until'],
])('says what is wrong with %j until %j', (from, until, wrong) => {
  expect(timingOf(from, until, now)).toEqual({ wrong });
});
