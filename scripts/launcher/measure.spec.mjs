import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { measuring } from './measure.mjs';

const run = (verb, ...args) => spawnSync(process.execPath, measuring(verb, args), { encoding: 'utf8' });

it.each([
  ['soak', 'accounts', '--rounds', 'x'],
  ['soak', 'accounts', '--bogus'],
  ['bench', 'restore', 'send'],
])('says what is wrong with what it is asked, and what there is: %s %s %s', (verb, ...args) => {
  const { status, stderr } = run(verb, ...args);
  expect(status).toBe(2);
  expect(stderr).toContain('npm run soak -- accounts|messages');
  expect(stderr).not.toContain('Node.js v');
});

it('tells how it is used', () => {
  const { status, stdout } = run('bench', '--help');
  expect([status, stdout]).toEqual([0, expect.stringContaining('npm run bench -- restore|send')]);
});
