import { expect, it } from 'vitest';
import { chooseLocale, directionOf } from './locales';

it('takes the first wanted language that there is, else English', () => {
  expect(chooseLocale('fr-CH, en-GB;q=0.9')).toBe('en');
  expect(chooseLocale('xx')).toBe('en');
  expect(chooseLocale(null)).toBe('en');
});

it('knows which languages read from right to left', () => {
  expect(directionOf('ar')).toBe('rtl');
  expect(directionOf('ar-EG')).toBe('rtl');
  expect(directionOf('id')).toBe('ltr');
});
