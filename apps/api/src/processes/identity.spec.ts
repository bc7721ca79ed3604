import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { commandLine, identify, isAlive, signal } from './identity.ts';
import { waitUntil } from './wait.ts';

describe('a process', () => {
  it('is known by its number and the moment it started', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'a-mark']);
    const identity = identify(child.pid!)!;
    expect(isAlive(identity)).toBe(true);
    await waitUntil(() => commandLine(child.pid!).includes('a-mark'), { withinMs: 5_000 });
    expect(commandLine(child.pid!)).toContain('a-mark');

    const stranger = { pid: child.pid!, startedAt: 'another moment' };
    expect(isAlive(stranger)).toBe(false);
    expect(signal(stranger, 'SIGKILL')).toBe(false);
    expect(isAlive(identity)).toBe(true);

    expect(signal(identity, 'SIGKILL')).toBe(true);
    await once(child, 'exit');
    expect(isAlive(identity)).toBe(false);
    expect(signal(identity, 'SIGKILL')).toBe(false);
    expect(identify(child.pid!)).toBeUndefined();
  });
});
