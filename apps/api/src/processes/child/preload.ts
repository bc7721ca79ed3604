/**
 * Loaded by `--import` into every Node child before anything else: the test clock, and the end when the parent is gone.
 */
import { flushCompileCache } from 'node:module';
import { installTurnedGlobals, turnGlobals } from '../../clock/turned-globals.ts';
import type { ToChild } from '../messages.ts';
import { tellSupervisor } from './supervisor-link.ts';

/** From the close of the pipe until force; the guard comes with force a moment later. */
const leaveWithinMs = 2_000;
/** From the start until what was compiled is kept for the next one: whoever is killed writes nothing at its end. */
const compiledAfterMs = 15_000;

// A child may start processes of its own, with our options handed on: those belong to it, and their pipe is its affair.
if (process.env.TRUNKLINE_PARENT === String(process.ppid)) stayWithParent();

function stayWithParent(): void {
  setTimeout(flushCompileCache, compiledAfterMs).unref();
  const offset = process.env.TRUNKLINE_CLOCK_OFFSET_MS;
  if (offset !== undefined) followClock(Number(offset));
  process.on('disconnect', leave);
  if (!process.connected) leave(); // It has gone while we were loaded.
  // Listening keeps the pipe, and with it the process, open; what the process serves decides that.
  process.channel?.unref();
}

function leave(): void {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), leaveWithinMs).unref();
  process.kill(process.pid, 'SIGTERM');
}

function followClock(initialOffsetMs: number): void {
  const exactTimeout = setTimeout;
  installTurnedGlobals(initialOffsetMs);
  process.on('message', (message: ToChild) => {
    if (message.type !== 'clock') return;
    turnGlobals(message.offsetMs);
    // What fell due fires before the turn is reported as done.
    exactTimeout(() => tellSupervisor({ type: 'clock.applied', id: message.id }), 5);
  });
}
