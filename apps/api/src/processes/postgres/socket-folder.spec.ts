import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeSocketFolder } from './socket-folder.ts';

const id = 'a1b2c3d4-0000-4000-8000-000000000000';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-socket-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lies beside the cluster when that is short enough, for its owner alone', () => {
  const made = makeSocketFolder(join(folder, 'run'), id, undefined);
  expect(made).toBe(join(folder, 'run'));
  expect(statSync(made).mode & 0o777).toBe(0o700);
});

it('goes to a temporary folder when the address would pass 107 bytes', () => {
  const deep = join(folder, 'ü'.repeat(50));
  const made = makeSocketFolder(deep, id, undefined);
  expect(Buffer.byteLength(`${made}/.s.PGSQL.5432`)).toBeLessThanOrEqual(107);
  expect(made).toContain('trunkline-a1b2c3d4');
  expect(statSync(made).mode & 0o777).toBe(0o700);
  rmSync(made, { recursive: true });
});

it('does not use a folder of that name that others can enter', () => {
  const open = join(folder, 'run');
  mkdirSync(open);
  chmodSync(open, 0o777);
  const made = makeSocketFolder(open, id, undefined);
  expect(made).not.toBe(open);
  expect(statSync(made).mode & 0o777).toBe(0o700);
});
