import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { killGroup } from './ending.ts';
import { identify, isAlive, type ProcessIdentity } from './identity.ts';
import { waitUntil } from './wait.ts';

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** A process that leads a group of its own; ends with the run of specs. */
async function leader(): Promise<ProcessIdentity> {
  const program = `console.log('up'); process.stdin.resume().on('end', () => process.exit())`;
  const child = spawn(process.execPath, ['-e', program], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  await once(child.stdout, 'data');
  return identify(child.pid!)!;
}

it('ends a group by its leader', async () => {
  const own = await leader();
  killGroup(own);
  expect(await waitUntil(() => !isAlive(own), { withinMs: 5_000 })).toBe(true);
});

it("leaves the group of a stranger alone who has the leader's number by now", async () => {
  const stranger = await leader();
  killGroup({ pid: stranger.pid, startedAt: 'long ago' });
  expect(await waitUntil(() => !isAlive(stranger), { withinMs: 300 })).toBe(false);
});
