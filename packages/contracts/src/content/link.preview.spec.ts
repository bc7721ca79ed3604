import { expect, it } from 'vitest';
import { firstLink } from './link.preview.js';

it.each([
  ['see https://example.com/a?b=c#d, and that', 'https://example.com/a?b=c#d'],
  ['(http://example.com).', 'http://example.com'],
  ['*https://one.example* https://two.example', 'https://one.example'],
  ['HTTPS://EXAMPLE.COM', 'HTTPS://EXAMPLE.COM'],
])('finds the link of %j', (text, link) => expect(firstLink(text)).toBe(link));

it.each(['', 'example.com', 'ftp://example.com', 'https://', `https://example.com/${'a'.repeat(3_000)}`])(
  'finds none in %j',
  (text) => expect(firstLink(text)).toBeUndefined(),
);
