import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cloneRoot } from '../../apps/api/src/config/clone-root.js';
import { until } from './until.js';
import { variables } from '../../apps/api/src/config/variables.js';

interface Where {
  dataDir: string;
}
type Ended = { code: number | null; output: string };

/** Runs a command of the built product (`npm run import` and the like) on a data folder, and waits for its end. */
export function runProgram(where: Where, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return ended(start(where, args, env));
}

/** The same, and `kill -9` as soon as it prints that. */
export function killProgramAt(where: Where, args: readonly string[], printed: string): Promise<Ended> {
  const child = start(where, args, {});
  child.stdout!.on('data', (chunk: Buffer) => chunk.includes(printed) && child.kill('SIGKILL'));
  return ended(child);
}

/** The same, and that signal as soon as it is so far. */
export async function endProgramWhen(
  where: Where,
  args: readonly string[],
  isSoFar: () => boolean,
  signal: NodeJS.Signals,
): Promise<Ended> {
  const child = start(where, args, {});
  const end = ended(child);
  await until('the program to be so far', async () => isSoFar());
  child.kill(signal);
  return end;
}

function start({ dataDir }: Where, args: readonly string[], env: Record<string, string>): ChildProcess {
  const unset = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
  return spawn(process.execPath, [join(cloneRoot, 'apps/api/dist/main.js'), ...args], {
    cwd: cloneRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...unset, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<Ended> {
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [out, err] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  const [code] = await exit;
  return { code, output: out + err };
}
