import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';
import { byNumber, TurnedTimer, TurnedTimers } from './turned-timers.ts';

const require = createRequire(import.meta.url);
const real = { Date, dateNow: Date.now, clearTimeout, clearInterval };

let offsetMs = 0;
const timers = new TurnedTimers({ now: () => performance.now() + offsetMs });

/**
 * Puts a turnable clock under everything in this process, libraries too: `Date`, `setTimeout` and `setInterval`, as
 * globals and as `node:timers` and `node:timers/promises`. `performance.now` and `process.hrtime` stay: they measure
 * intervals, and so do the timers inside Node itself (sockets, keep-alive). To be called before anything else is loaded.
 */
export function installTurnedGlobals(initialOffsetMs: number): void {
  offsetMs = initialOffsetMs;
  installDate();
  const functions = timerFunctions();
  Object.assign(globalThis, functions);
  Object.assign(require('node:timers'), functions);
  Object.assign(require('node:timers/promises'), { setTimeout: promisify(functions.setTimeout) });
  syncBuiltinESMExports();
}

/** Turns the clock so that it stands `toOffsetMs` from the real one. Due timers fire in the next turns of the event loop. */
export function turnGlobals(toOffsetMs: number): void {
  offsetMs = toOffsetMs;
  timers.turned();
}

/** Milliseconds that the clock of this process was turned; 0 where there is no test clock. */
export const turnedBy = (): number => offsetMs;

function installDate(): void {
  real.Date.now = () => real.dateNow() + offsetMs;
  const turned = new Proxy(real.Date, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length ? args : [target.now()], newTarget),
    apply: (target) => new target(target.now()).toString(),
  });
  real.Date.prototype.constructor = turned;
  globalThis.Date = turned;
}

type Task = (...args: unknown[]) => void;

function timerFunctions() {
  const setTimeout = (task: Task, delay?: unknown, ...args: unknown[]) => timers.start(task, delay, args, false);
  const setInterval = (task: Task, delay?: unknown, ...args: unknown[]) => timers.start(task, delay, args, true);
  Object.defineProperty(setTimeout, promisify.custom, { value: wait });
  return { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear };
}

/** Clears a timer of either kind; one that was made before the clock was installed is a real one. */
function clear(timer: unknown): void {
  const found = typeof timer === 'number' || typeof timer === 'string' ? byNumber.find(Number(timer)) : timer;
  if (found instanceof TurnedTimer) found.close();
  else real.clearTimeout(timer as NodeJS.Timeout);
}

/** `setTimeout` of `node:timers/promises`. */
function wait<T>(delay?: number, value?: T, options: { signal?: AbortSignal; ref?: boolean } = {}): Promise<T> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted(signal));
    const abort = () => {
      timer.close();
      reject(aborted(signal!));
    };
    const timer = timers.start(finish, delay, [], false);
    function finish(): void {
      signal?.removeEventListener('abort', abort);
      resolve(value as T);
    }
    if (options.ref === false) timer.unref();
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function aborted(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
