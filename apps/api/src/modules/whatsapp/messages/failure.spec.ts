import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEND_FAILURE_CODES } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { cloneRoot } from '../../../config/clone-root.js';
import { describeFailure } from './failure.js';

const UNTIL = Date.parse('2026-05-01T10:00:00Z');

it.each(SEND_FAILURE_CODES)('%s says what happened, what to do, and how sure that is', (code) => {
  for (const certain of [true, false]) {
    const failure = describeFailure({ code, certain, until: UNTIL });
    expect(failure).toMatchObject({ code, certain, until: '2026-05-01T10:00:00.000Z' });
    expect([failure.message, failure.mend]).toEqual([
      expect.stringMatching(/\w.*\.$/),
      expect.stringMatching(/\w.*\.$/),
    ]);
  }
});

it('has words of its own for each', () => {
  const words = SEND_FAILURE_CODES.map((code) => describeFailure({ code, certain: true }).message);
  expect(new Set(words).size).toBe(SEND_FAILURE_CODES.length);
});

it('names a refusal that nobody knows by its number', () => {
  const failure = describeFailure({ code: 'rejected', certain: true, detail: 'the server refused it with 599' });
  expect(failure.message).toContain('599');
});

it('is told of in the documents, code by code', () => {
  const page = readFileSync(join(cloneRoot, 'docs/operations/messages.md'), 'utf8');
  const told = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, code]) => code);
  expect(SEND_FAILURE_CODES.filter((code) => !told.includes(code))).toEqual([]);
});
