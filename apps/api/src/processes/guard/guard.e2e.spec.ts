import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { isAlive, type ProcessIdentity, signal } from '../identity.ts';
import { waitUntil } from '../wait.ts';

const guardModule = fileURLToPath(new URL('./guard.ts', import.meta.url));
const identityModule = fileURLToPath(new URL('../identity.ts', import.meta.url));

/** A parent that starts two children which ignore polite signals and know of no pipe, and has them guarded. */
const script = `
  import { spawn } from 'node:child_process';
  import { once } from 'node:events';
  import { Guard } from ${JSON.stringify(guardModule)};
  import { identify } from ${JSON.stringify(identityModule)};
  const guard = new Guard();
  await guard.start();
  const stubborn = "process.on('SIGTERM', () => {}); process.on('SIGINT', () => {}); console.log('up'); setInterval(() => {}, 1000)";
  for (const kind of ['node', 'postgres']) {
    const child = spawn(process.execPath, ['-e', stubborn], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    guard.watch({ ...identify(child.pid), name: kind, kind });
  }
  const say = () => console.log(JSON.stringify({ guard: guard.identity, watched: guard.watched }));
  say();
  process.on('message', say);
  process.on('disconnect', () => process.exit()); // A run of specs that is killed takes this with it.
`;

const all: ProcessIdentity[] = [];
afterAll(() => {
  for (const identity of all) signal(identity, 'SIGKILL');
});

// Beside each other: what they watch does not end when it is asked to, and is waited for.
it.concurrent('leaves nothing alive 10 s after its parent was killed with -9', async () => {
  const { parent, guard, watched } = await startParent();
  expect(watched.every(isAlive)).toBe(true);
  parent.kill('SIGKILL');
  expect(await waitUntil(() => ![guard, ...watched].some(isAlive), { withinMs: 10_000 })).toBe(true);
});

it.concurrent('is replaced when it is killed, and the next one knows everything', async () => {
  const { parent, guard, watched } = await startParent();
  signal(guard, 'SIGKILL');
  const next = await nextGuard(parent, guard);
  expect(watched.every(isAlive)).toBe(true);
  parent.kill('SIGKILL');
  expect(await waitUntil(() => ![next, ...watched].some(isAlive), { withinMs: 10_000 })).toBe(true);
});

it.concurrent('is not taken away by the signals that a service manager sends to all', async () => {
  const { parent, guard, watched } = await startParent();
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) signal(guard, name);
  expect((await state(parent)).guard).toEqual(guard);
  expect(watched.every(isAlive)).toBe(true);
  parent.kill('SIGKILL');
  expect(await waitUntil(() => ![guard, ...watched].some(isAlive), { withinMs: 10_000 })).toBe(true);
});

async function startParent() {
  const args = ['--input-type=module', '-e', script];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const { guard, watched } = await said(parent);
  all.push(guard, ...watched);
  return { parent, guard, watched };
}

async function nextGuard(parent: ChildProcess, before: ProcessIdentity): Promise<ProcessIdentity> {
  let guard = before;
  const replaced = async () => {
    guard = (await state(parent)).guard;
    return guard !== undefined && guard.pid !== before.pid;
  };
  expect(await waitUntil(replaced, { withinMs: 5_000 })).toBe(true);
  all.push(guard);
  return guard;
}

function state(parent: ChildProcess) {
  parent.send('say');
  return said(parent);
}

async function said(parent: ChildProcess): Promise<{ guard: ProcessIdentity; watched: ProcessIdentity[] }> {
  const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
  return JSON.parse(line.toString());
}
