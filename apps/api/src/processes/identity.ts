import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process is its number and the moment it started: numbers are used again, and a signal sent to a number alone can hit
 * a stranger. `startedAt` is opaque (clock ticks since boot on Linux, a date text elsewhere) and only ever compared.
 */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
}

/** Undefined when there is no such process, or only its unreaped remains (a zombie). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = process.platform === 'linux' ? startedAtLinux(pid) : startedAtByPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** Sends a signal to this very process; false when it is gone, or another has its number now. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** The command line as one text, to recognise a program by its arguments; empty when it cannot be read. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') return readProc(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
  return ps(pid, 'command=') ?? '';
}

function startedAtLinux(pid: number): string | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields?.[0], fields?.[19]];
  return state === 'Z' || state === 'X' ? undefined : startTicks;
}

function startedAtByPs(pid: number): string | undefined {
  const [state, ...start] = (ps(pid, 'stat=,lstart=') ?? '').split(/\s+/);
  return !state || state.startsWith('Z') ? undefined : start.join(' ');
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // The process is gone, which is the answer.
  }
}

function ps(pid: number, columns: string): string | undefined {
  try {
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined; // `ps` exits with 1 for a process that is gone.
  }
}
