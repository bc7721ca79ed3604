import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is turned over by size, keeps the newest, and is for its owner alone', () => {
  const log = new LogFile(join(folder, 'x.log'), 100);
  for (let line = 0; line < 60; line += 1) log.write(`line ${String(line).padStart(4, '0')} and more`);
  log.close();
  expect(readdirSync(folder).sort()).toEqual(['x.log', 'x.log.1', 'x.log.2', 'x.log.3', 'x.log.4']);
  const kept = ['x.log.1', 'x.log'].map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  expect(kept.trimEnd().split('\n').at(-1)).toContain('0059');
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(140);
  expect(statSync(join(folder, 'x.log')).mode & 0o777).toBe(0o600);
});

it('goes on where an earlier start left off', () => {
  const path = join(folder, 'x.log');
  for (const text of ['first', 'second']) {
    const log = new LogFile(path);
    log.write(text);
    log.close();
  }
  expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
});
