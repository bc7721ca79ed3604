import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { identify, type ProcessIdentity } from '../identity.ts';
import { waitUntil } from '../wait.ts';
import type { Home } from './home.ts';
import { asArguments } from './settings.ts';

export interface PostmasterOptions {
  home: Home;
  binaries: string;
  settings: Record<string, string>;
  /** PostgreSQL writes here itself, so that nothing is lost when its parent dies. */
  logFile: string;
  /** As soon as there is a process, ready or not: whoever ends it when we cannot must know it now. */
  onSpawn(identity: ProcessIdentity): void;
  onExit(identity: ProcessIdentity): void;
}

export interface Postmaster {
  identity: ProcessIdentity;
  child: ChildProcess;
}

const largestLog = 10 * 1024 * 1024;

/** Time for a server that has to replay its log after a crash; one that dies sooner is known at once. */
const recoveryMs = 120_000;

/**
 * Starts one server and resolves when it answers.
 * Rejects with the last line of its log when it ended before.
 */
export async function startPostmaster(options: PostmasterOptions, url: string): Promise<Postmaster> {
  const child = spawnPostmaster(options);
  const exited = once(child, 'exit');
  await once(child, 'spawn');
  const identity = identify(child.pid!);
  if (identity) {
    options.onSpawn(identity);
    void exited.then(() => options.onExit(identity));
  }
  if (identity && (await Promise.race([answers(url, child), exited.then(() => false)]))) return { identity, child };
  if (isRunning(child)) child.kill('SIGQUIT');
  throw new Error(lastWords(options.logFile));
}

function spawnPostmaster({ home, binaries, settings, logFile }: PostmasterOptions): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true });
  turnOver(logFile);
  const log = openSync(logFile, 'a', 0o600);
  const own = { unix_socket_directories: home.socketFolder, ...settings };
  try {
    return spawn(join(binaries, 'bin', 'postgres'), ['-D', home.cluster, ...asArguments(own)], {
      ...home.owner,
      // In a process group of its own: a Ctrl-C at the terminal is for the supervisor, which ends the database last.
      detached: true,
      cwd: home.cluster,
      env: { PATH: process.env.PATH, TZ: 'UTC' },
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** Once for each start: it says little while it runs. */
function turnOver(logFile: string): void {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(logFile, `${logFile}.1`);
}

function answers(url: string, child: ChildProcess): Promise<boolean> {
  const asked = () => !isRunning(child) || ask(url);
  return waitUntil(asked, { withinMs: recoveryMs, everyMs: 30 }).then((done) => done && isRunning(child));
}

export function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function ask(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // Cut while it starts: the next attempt tells.
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-4);
  return lines.map((line) => line.replace(/^.*?(FATAL|HINT|LOG|PANIC):\s+/, '')).join(' ');
}
