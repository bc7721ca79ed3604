import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchNpm } from './npm-above.mjs';
import { root } from './root.mjs';

/** Runs a program to its end, its output on our stderr, and resolves with its exit code. */
export function runStep(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  return untilExit(child);
}

/** As `runStep`, but keeps what it prints, for programs that run beside each other. */
export async function runQuietly(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return { code: await untilExit(child), output };
}

/**
 * Becomes the program, as far as that goes without `exec`: its streams are ours, signals are handed on, its exit code is
 * returned. With `pipe` it sees by its IPC channel when we are gone; a `kill -9` of ours leaves no signal to hand on.
 */
export async function become(command, args, { pipe = false, ...options } = {}) {
  const stdio = pipe ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
  const child = spawn(command, args, { cwd: root, stdio, ...options });
  const handOn = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, handOn);
  const watch = watchNpm(() => child.kill('SIGTERM'));
  const code = await untilExit(child);
  clearInterval(watch);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, handOn);
  return code;
}

function untilExit(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
