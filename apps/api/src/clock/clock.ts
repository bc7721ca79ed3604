import { turnedBy } from './turned-globals.ts';

/** Calls off what was asked for; safe to call again. */
export type Cancel = () => void;

/**
 * The time, as everything of ours reads it. Wall time is for people and for the database (SQL takes `now` as a
 * parameter); intervals are measured by `monotonic`, which no jump of the wall clock moves.
 */
export interface Clock {
  now(): Date;
  /** Milliseconds since some fixed moment; only differences mean anything. Never turned, never stepped. */
  monotonic(): number;
  /**
   * Milliseconds as timers count them: a turn of the test clock is in it, a step of the wall clock is not. What counts from
   * a moment of this process counts by it, so that nobody who sets a clock ends or prolongs anything.
   */
  elapsed(): number;
  /** Runs the task once, `delayMs` from now by this clock: turning a test clock past that moment runs it. */
  setTimeout(task: () => void, delayMs: number): Cancel;
}

/**
 * The clock of the product. In a process with a test clock the globals under it are turned (turned-globals.ts), and so is
 * this one, together with the libraries that know nothing of it.
 */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  elapsed: () => performance.now() + turnedBy(),
  setTimeout(task, delayMs) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
