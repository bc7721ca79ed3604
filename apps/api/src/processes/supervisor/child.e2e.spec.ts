import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify, isAlive, type ProcessIdentity, signal } from '../identity.ts';
import type { Log } from '../log.ts';
import { waitUntil } from '../wait.ts';
import { Child } from './child.ts';
import type { ChildPlan } from './child-plan.ts';

let folder: string;
let child: Child;
let said: string[];
let lives: ProcessIdentity[];
let lines: string[];

const log: Log = { info: (text) => said.push(text), warn: (text) => said.push(text), error: (text) => said.push(text) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-child-'));
  [said, lives, lines] = [[], [], []];
});
afterEach(async () => {
  await child.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A child with this program; `ready()` in it tells the supervisor. */
function start(program: string, plan: Partial<ChildPlan> = {}): Promise<void> {
  const path = join(folder, 'program.mjs');
  writeFileSync(path, `${prelude}\n${program}`);
  const spawn = () => fork(path, { detached: true, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  child = new Child({ name: 'toy', spawn, readyWithinMs: 10_000, stopWithinMs: 1_000, ...plan }, log);
  child.on('line', (line) => lines.push(line));
  child.on('spawned', (identity) => lives.push(identity));
  return child.start();
}

/** A run of specs that is killed takes its children with it. */
const prelude = `const ready = () => process.send({ type: 'ready' }); process.on('disconnect', () => process.exit());`;
const stays = 'setInterval(() => {}, 1000);';

describe('a child', () => {
  it('is started again with back-off when it crashes, and says in the log why it ended', async () => {
    await start(`ready(); ${stays}`);
    for (let life = 1; life <= 3; life += 1) {
      signal(lives[life - 1]!, 'SIGKILL');
      expect(await waitUntil(() => lives.length > life, { withinMs: 5_000 })).toBe(true);
    }
    const waits = said.map((text) =>
      Number(/^The toy ended \(SIGKILL\); starting it again in (\d+) ms\.$/.exec(text)?.[1]),
    );
    expect(waits).toHaveLength(3);
    expect(waits[0]).toBeLessThanOrEqual(250);
    expect(waits[2]).toBeGreaterThanOrEqual(500);
  });

  it('gives up the first start after its attempts, with its last words', async () => {
    const started = start(`console.error('no luck today'); process.exit(3);`, { attempts: 2 });
    await expect(started).rejects.toThrow('The toy does not start (exit code 3 | no luck today).');
    expect(lives).toHaveLength(2);
  });

  it('stops the start with one sentence when a person must mend something', async () => {
    const started = start(`process.send({ type: 'cannot-start', message: 'The key is wrong.' }); ${stays}`);
    await expect(started).rejects.toThrow('The key is wrong.');
  });

  it('is ended by force when it does not leave, together with what it started', async () => {
    await start(`
      import { spawn } from 'node:child_process';
      const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
      const own = spawn(process.execPath, ['-e', deaf]);
      process.on('SIGTERM', () => {});
      console.log(own.pid);
      ready(); ${stays}`);
    await waitUntil(() => lines.length === 1, { withinMs: 5_000 });
    const own = identify(Number(lines[0]))!;
    await child.stop();
    expect(await waitUntil(() => ![...lives, own].some(isAlive), { withinMs: 1_000 })).toBe(true);
    expect(child.send({ type: 'clock', id: 1, offsetMs: 0 })).toBe(false);
  });

  it('takes what it started along when it is killed', async () => {
    await start(`
      import { spawn } from 'node:child_process';
      const own = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log(own.pid);
      ready(); ${stays}`);
    await waitUntil(() => lines.length === 1, { withinMs: 5_000 });
    const own = identify(Number(lines[0]))!;
    signal(lives[0]!, 'SIGKILL');
    expect(await waitUntil(() => !isAlive(own), { withinMs: 5_000 })).toBe(true);
    expect(await waitUntil(() => lives.length === 2, { withinMs: 5_000 })).toBe(true);
  });

  it('is reloaded at once, without back-off and without a word in the log', async () => {
    await start(`ready(); ${stays}`);
    await child.reload();
    expect(await waitUntil(() => lives.length === 2, { withinMs: 5_000 })).toBe(true);
    expect(said).toEqual([]);
    expect(isAlive(lives[0]!)).toBe(false);
  });

  it('follows the test clock, and reports a turn when what fell due has fired', async () => {
    const preload = new URL('../child/preload.ts', import.meta.url).href;
    const env = { PATH: process.env.PATH, TRUNKLINE_CLOCK_OFFSET_MS: '3600000', TRUNKLINE_PARENT: String(process.pid) };
    const path = join(folder, 'program.mjs');
    await start(
      `console.log('at', Math.round((Date.now() - ${Date.now()}) / 60_000));
      setTimeout(() => console.log('fired'), 600_000);
      ready(); ${stays}`,
      {
        spawn: () =>
          fork(path, {
            detached: true,
            env,
            execArgv: ['--import', preload],
            stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
          }),
      },
    );
    let applied = false;
    child.on('message', (message) => (applied ||= message.type === 'clock.applied' && message.id === 7));
    child.send({ type: 'clock', id: 7, offsetMs: 3_600_000 + 600_000 });
    expect(await waitUntil(() => applied && lines.length === 2, { withinMs: 5_000 })).toBe(true);
    expect(lines).toEqual(['at 60', 'fired']);
  });

  it('leaves when its parent is gone', async () => {
    const preload = new URL('../child/preload.ts', import.meta.url).href;
    const program = `
      import { fork } from 'node:child_process';
      const own = fork(${JSON.stringify(join('FOLDER', 'own.mjs'))}, { detached: true, env: { TRUNKLINE_PARENT: String(process.pid) }, execArgv: ['--import', ${JSON.stringify(preload)}] });
      own.once('message', () => { console.log(own.pid); ready(); });
      ${stays}`;
    writeFileSync(join(folder, 'own.mjs'), `process.send('up'); ${stays}`);
    await start(program.replace('FOLDER', folder));
    await waitUntil(() => lines.length === 1, { withinMs: 5_000 });
    const own = identify(Number(lines[0]))!;
    signal(lives[0]!, 'SIGKILL');
    expect(await waitUntil(() => !isAlive(own), { withinMs: 5_000 })).toBe(true);
  });

  it('is not started again once it was stopped, also while it waits to be', async () => {
    await start(`ready(); ${stays}`);
    signal(lives[0]!, 'SIGKILL');
    await waitUntil(() => said.length === 1, { withinMs: 5_000 });
    await child.stop();
    expect(lives.filter(isAlive)).toEqual([]);
  });
});
