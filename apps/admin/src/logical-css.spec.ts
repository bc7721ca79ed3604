import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Physical sides turn a page that is read from right to left inside out: `ps-4`, `start-0`, `text-start` do not. */
const PHYSICAL =
  /(?<![\w-])-?(?:[pm][lr]-|(?:left|right)-|text-(?:left|right)\b|border-[lr]\b|rounded-(?:[lr]|[tb][lr])\b)[\w./[\]-]*/g;

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.tsx') && !path.includes('.spec.'),
);

it.each(files)('%s', (path) => {
  const classes = [...readFileSync(join(import.meta.dirname, path), 'utf8').matchAll(/["'`]([^"'`\n]*)["'`]/g)].map(
    ([, text]) => text ?? '',
  );
  const found = classes
    .flatMap((text) => text.match(PHYSICAL) ?? [])
    .filter((hit) => !hit.startsWith('left-(') && hit !== 'right-');
  expect(found).toEqual([]);
});
