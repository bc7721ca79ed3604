import { expect, it } from 'vitest';
import { paths, safeReturn } from './navigation';

it('goes back to where the person was', () => {
  expect(safeReturn('/marketing/whatsapp/groups?search=book')).toBe('/marketing/whatsapp/groups?search=book');
});

it.each([
  null,
  '',
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
])('does not follow %s', (next) => {
  expect(safeReturn(next)).toBe(paths.accounts);
});
