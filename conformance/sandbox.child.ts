import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SandboxControl } from '@trunkline/sandbox';

export interface RunningSandbox {
  url: string;
  rootKey: string;
  mediaCa: { file: string; pem: string };
  control: SandboxControl;
  stop(): Promise<void>;
}

type Told = Record<'url' | 'rootKey' | 'control' | 'token', string> & { media: { ca: string; caFile: string } };

const main = fileURLToPath(new URL('../packages/sandbox/dist/main.js', import.meta.url));

/** The sandbox as a user starts it for a library of their own: a process, and the one line that it prints. */
export async function startSandboxProcess(): Promise<RunningSandbox> {
  const child = spawn(process.execPath, [main, '--port', '0', '--parent-pipe'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('the sandbox ended before it said where it is')));
  });
  const { url, rootKey, control, token, media } = JSON.parse(line) as Told;
  const stop = (): Promise<void> => {
    child.kill('SIGTERM');
    return ended;
  };
  const mediaCa = { file: media.caFile, pem: media.ca };
  return { url, rootKey, mediaCa, control: new SandboxControl({ url: control, token }), stop };
}
