import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = extname(import.meta.url);
const preload = new URL(`../child/preload${own}`, import.meta.url).href;
const program = fileURLToPath(new URL(`../../main${own}`, import.meta.url));

export interface ForkOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** For Node itself. */
  flags?: readonly string[];
}

export function forkRole(role: string, options: ForkOptions): ChildProcess {
  return forkProgram(program, [role], options);
}

/**
 * A Node child: with a pipe to us, in a process group of its own (a Ctrl-C at the terminal is for the supervisor, which
 * ends the others in order), and with the preload that ends it when we are gone.
 */
export function forkProgram(path: string, args: string[], { env, cwd, flags = [] }: ForkOptions): ChildProcess {
  return fork(path, args, {
    env: { ...env, TRUNKLINE_PARENT: String(process.pid) },
    cwd,
    detached: true,
    execArgv: ['--import', preload, ...flags],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
