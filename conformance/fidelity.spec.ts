import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SUITE } from './suite.js';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('docs/sandbox-fidelity.md', root), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, first]) => first !== 'Behaviour' && !/^-+$/.test(first ?? ''));

describe('docs/sandbox-fidelity.md', () => {
  it('has a part for each of B.0 to B.10 of the protocol, and one for what messages say', () => {
    const parts = [...page.matchAll(/^## (B\.\d+b?) /gm)].map(([, part]) => part);
    expect(parts).toEqual([
      'B.0',
      'B.1',
      'B.2',
      'B.3',
      'B.4',
      'B.4b',
      'B.5',
      'B.6',
      'B.7',
      'B.8',
      'B.9',
      'B.10',
      'B.11',
    ]);
  });

  it('marks each behaviour with one of three words', () => {
    expect(rows.length).toBeGreaterThan(50);
    const marks = new Set(rows.map(([, , mark]) => mark));
    expect([...marks].toSorted()).toEqual(['inferred', 'seen in a client', 'unknown']);
  });

  it('names who saw what was seen', () => {
    for (const [, behaviour, mark, by] of rows) {
      if (mark === 'seen in a client') expect(by, behaviour).toMatch(/\b[BZ]\b|“|see B\./);
    }
  });

  it('names cases and files that there are', () => {
    const names = Object.values(SUITE).flatMap((cases) => cases.map(({ name }) => name));
    const cited = [...page.matchAll(/“([^”]+)”/g)].map(([, name]) => name);
    expect(cited.filter((name) => !names.includes(name ?? ''))).toEqual([]);
    const files = [...page.matchAll(/`([\w./]+\.(?:spec|contract)?\.?ts)`/g)].map(([, file]) => file ?? '');
    expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
  });
});
