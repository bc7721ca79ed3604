import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from './root.mjs';
import { say } from './say.mjs';

const ownPath = inRoot('.cache', 'launch.lock');

/** Runs `work` while no other launcher of this clone installs or builds; waits for one that does. */
export async function alone(work, path = ownPath) {
  mkdirSync(dirname(path), { recursive: true });
  await acquire(path);
  const release = () => rmSync(path, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function acquire(path) {
  let said = false;
  while (!take(path)) {
    const holder = read(path);
    if (holder && !isRunning(holder)) breakLock(path, holder);
    else {
      if (!said && holder)
        say(`Another start of this clone (process ${holder.pid}) installs or builds; waiting for it …`);
      said ||= holder !== undefined;
      await sleep(200);
    }
  }
}

/** By a link to a whole file: the lock is never seen half written. */
function take(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, startedAt: startedAt(process.pid) }));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Of several who find it abandoned one moves it away; who moved away a new one by mistake puts it back. */
function breakLock(path, abandoned) {
  const moved = `${path}.broken.${process.pid}`;
  try {
    renameSync(path, moved);
    const found = JSON.parse(readFileSync(moved, 'utf8'));
    if (found.pid !== abandoned.pid || found.startedAt !== abandoned.startedAt) linkSync(moved, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(moved, { force: true });
  }
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // Released meanwhile.
  }
}

function isRunning({ pid, startedAt: then }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return startedAt(pid) === then;
}

/** Tells a process from a later one with the same number; the same text for all where it cannot be known. */
function startedAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '';
  }
}
