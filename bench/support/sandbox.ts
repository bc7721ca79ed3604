import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { SandboxControl } from '@trunkline/sandbox';
import { join } from 'node:path';
import { cloneRoot } from '../../apps/api/src/config/clone-root.ts';
import { within } from './wait.ts';

const END_MS = 20_000;

/** A sandbox of its own, with both sides as its guests: neither has the network in its own process group or priority. */
export class BenchSandbox {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly rootKey: string,
    readonly control: SandboxControl,
  ) {}

  static async start(): Promise<BenchSandbox> {
    const program = join(cloneRoot, 'packages', 'sandbox', 'dist', 'main.js');
    const child = spawn(process.execPath, [program, '--parent-pipe'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [text] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const line = JSON.parse(text) as { url: string; rootKey: string; control: string; token: string };
    return new BenchSandbox(
      child,
      line.url,
      line.rootKey,
      new SandboxControl({ url: line.control, token: line.token }),
    );
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await within(ended, END_MS, 'the sandbox').catch(() => this.child.kill('SIGKILL'));
  }
}
