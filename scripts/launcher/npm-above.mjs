import { readFileSync } from 'node:fs';

/**
 * Calls `onGone` when the npm that runs us is gone: killed with -9 it hands on no signal. Between npm and us there may be
 * the shell that npm starts, which lives on; then its parent is the one to look at. Started without npm, we may outlive
 * whoever started us. Returns a timer to clear.
 */
export function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const shell = readProc(process.ppid, 'cmdline')?.includes('launch.mjs') ? process.ppid : undefined;
  const above = () => (shell === undefined || process.ppid !== shell ? process.ppid : parentOf(shell));
  const npm = above();
  return setInterval(() => above() === npm || onGone(), 1_000).unref();
}

function parentOf(pid) {
  const stat = readProc(pid, 'stat');
  return Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // No such system, where the shell makes way for us anyway; or no such process.
  }
}
