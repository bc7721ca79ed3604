import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from './root.mjs';
import { digest, isStamped, putStamp } from './stamp.mjs';

let folder;
const now = () => digest([relative(root, folder)]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-stamp-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'a.ts'), 'one');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('changes with contents and names, not with times or with what was built', () => {
  const before = now();
  utimesSync(join(folder, 'src', 'a.ts'), 0, 0);
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'a.js'), 'built');
  expect(now()).toBe(before);
  writeFileSync(join(folder, 'src', 'a.ts'), 'two');
  const changed = now();
  expect(changed).not.toBe(before);
  writeFileSync(join(folder, 'src', 'b.ts'), '');
  expect(now()).not.toBe(changed);
});

it('is lost together with what was built', () => {
  const stamp = join(folder, 'dist', '.stamp');
  putStamp(stamp, now());
  expect(isStamped(stamp, now())).toBe(true);
  rmSync(join(folder, 'dist'), { recursive: true });
  expect(isStamped(stamp, now())).toBe(false);
});
