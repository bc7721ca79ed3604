import { expect, it } from 'vitest';
import { z } from 'zod';
import { setupSchema } from './access.js';
import './index.js';

const wordsFor = (schema: z.ZodType, value?: unknown): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message;

it.each([
  ['what is missing', z.string(), undefined, 'This is needed.'],
  ['what is empty', z.string().min(1), '', 'This is needed.'],
  ['what is too short', z.string().min(3), 'ab', 'At least 3 characters.'],
  ['what is too long', z.string().max(3), 'abcd', 'At most 3 characters.'],
  ['a number that is too small', z.int().min(1), 0, '1 or more.'],
  ['a number that is too large', z.number().max(60), 61, '60 or less.'],
  ['no e-mail address', z.email(), 'nobody', 'This is no e-mail address.'],
  ['no id', z.uuid(), '1', 'This is no id.'],
  [
    'no time',
    z.iso.datetime({ offset: true }),
    'noon',
    'This is no date with a time and a zone, as 2026-01-31T12:00:00Z.',
  ],
])('says it plainly of %s', (_, schema, value, words) => {
  expect(wordsFor(schema, value)).toBe(words);
});

it('leaves the words that a schema has of its own', () => {
  const { name, password } = setupSchema.shape;
  expect([wordsFor(name, ' '), wordsFor(password, 'short')]).toEqual([
    'Enter your name.',
    'Use at least 12 characters.',
  ]);
});
