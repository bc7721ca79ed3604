import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { alone } from './lock.mjs';

const module = new URL('./lock.mjs', import.meta.url).href;
let folder;
let lock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-launch-'));
  lock = join(folder, 'launch.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A launcher that notes when it begins and ends its work. */
function launcher(name, log) {
  const script = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { alone } from ${JSON.stringify(module)};
    const note = (word) => appendFileSync(${JSON.stringify(log)}, word + ' ${name}\\n');
    await alone(async () => { note('begin'); await sleep(50); note('end'); }, ${JSON.stringify(lock)});`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
}

it('lets one launcher work at a time, and frees itself', async () => {
  const log = join(folder, 'log');
  const launchers = ['a', 'b', 'c'].map((name) => launcher(name, log));
  await Promise.all(launchers.map((child) => once(child, 'exit')));
  const words = readFileSync(log, 'utf8').trim().split('\n');
  expect(words).toHaveLength(6);
  for (let at = 0; at < 6; at += 2) expect(words[at + 1]).toBe(words[at].replace('begin', 'end'));
  expect(existsSync(lock)).toBe(false);
});

it('is broken when its holder is gone, or its number belongs to another process now', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  for (const holder of [
    { pid: gone.pid, startedAt: '1' },
    { pid: process.pid, startedAt: '1' },
  ]) {
    writeFileSync(lock, JSON.stringify(holder));
    expect(await alone(async () => 'done', lock)).toBe('done');
  }
});
