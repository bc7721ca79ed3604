import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloneRoot } from '../../../../config/clone-root.js';

const read = (path: string): string => readFileSync(join(cloneRoot, path), 'utf8');
const rows = [...read('docs/library-traps.md').matchAll(/^\| (S\d+) +\|[^|]+\| ([^|]+?) +\|$/gm)];

describe('docs/library-traps.md', () => {
  it('has a row for each trap', () => {
    expect(rows.map(([, number]) => number)).toEqual(Array.from({ length: 25 }, (_, index) => `S${index + 1}`));
  });

  it.each(rows.map(([, number, test]) => [number!, test!]))('%s is kept closed by %s', (number, test) => {
    const [, file, name] = /^`([^`]+)`: “([^”]+)”/.exec(test) ?? [];
    expect(name).toMatch(new RegExp(`\\b${number}\\b`));
    expect(read(file!)).toContain(name);
  });
});
