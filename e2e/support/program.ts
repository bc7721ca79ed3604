import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { cloneRoot } from '../../apps/api/src/config/clone-root.js';
import { variables } from '../../apps/api/src/config/variables.js';

/** Runs a command of the built product (`npm run import` and the like) on a data folder, and waits for its end. */
export async function runProgram(
  { dataDir }: { dataDir: string },
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  const unset = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
  const child = spawn(process.execPath, [join(cloneRoot, 'apps/api/dist/main.js'), ...args], {
    cwd: cloneRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...unset, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  return { code, output: out + err };
}
