import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { SandboxControl } from '../control/client.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const TOKEN = 'token-of-a-spec';

export interface SandboxProcess {
  child: ChildProcessByStdio<Writable, Readable, null>;
  /** The line it printed. */
  line: { url: string; rootKey: string; control: string; token: string };
  control: SandboxControl;
  /** Ends it by a signal; resolves with its exit code, null after SIGKILL. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** `npm run sandbox` from the sources, in a process of its own that ends with the test. */
export async function runSandbox(...args: string[]): Promise<SandboxProcess> {
  const nodeArgs = ['--experimental-transform-types', '--no-warnings', '--import', here('typescript.mjs')];
  const child = spawn(process.execPath, [...nodeArgs, here('../main.ts'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SANDBOX_TOKEN: TOKEN },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [text] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const line = JSON.parse(text) as SandboxProcess['line'];
  const control = new SandboxControl({ url: line.control, token: line.token });
  return { child, line, control, kill: (signal) => end(child, signal) };
}

async function end(child: SandboxProcess['child'], signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  return ((await ended) as [number | null])[0];
}
