import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';

/** `holder.json`: who has the data folder, for the one who is refused. It decides nothing. */
interface Holder {
  pid: number;
  since: string;
}

/** The threads of a process that was killed outlive it by a moment, and its lock with them. */
const DYING_MS = 1_000;

/**
 * One supervisor for one data folder. The lock is the kernel's, on a SQLite file: it goes with the process however that
 * ends, so there is no stale lock, no process number that a stranger has meanwhile, and two containers on one volume see
 * each other too. The file holds nothing.
 */
export class DataLock {
  private constructor(private readonly held: DatabaseSync) {}

  static acquire(folder: string): DataLock {
    const lock = new DatabaseSync(join(folder, 'lock'));
    try {
      lock.exec(`pragma busy_timeout = ${DYING_MS}`);
      lock.exec('begin exclusive');
    } catch (error) {
      lock.close();
      throw isBusy(error) ? taken(folder) : error;
    }
    writeFileSync(join(folder, 'holder.json'), JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
    return new DataLock(lock);
  }

  release(): void {
    this.held.close();
  }
}

function isBusy(error: unknown): boolean {
  return (error as Error).message.includes('locked');
}

function taken(folder: string): StartError {
  const holder = readHolder(folder);
  const who = holder ? `process ${holder.pid}, since ${holder.since}` : 'another process';
  return new StartError(
    `Trunkline is already running on the data folder ${folder} (${who}). Stop it first, or set DATA_DIR to another folder.`,
  );
}

function readHolder(folder: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'holder.json'), 'utf8')) as Holder;
  } catch {
    return undefined; // The holder is just writing it.
  }
}
