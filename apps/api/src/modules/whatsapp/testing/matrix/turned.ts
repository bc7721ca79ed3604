/**
 * The clock of a matrix run. To be imported before everything else: what follows, libraries too, runs by a clock that can
 * be turned (timers and dates, as the product's test clock) or stepped (dates alone, as when a wall clock is set).
 */
import { installTurnedGlobals, turnGlobals } from '../../../../clock/turned-globals.ts';

const exact = { setTimeout };
let offsetMs = 0;

installTurnedGlobals(0);

export function turn(ms: number): void {
  turnGlobals((offsetMs += ms));
}

/** All that the clock was turned, milliseconds. */
export const turned = (): number => offsetMs;

export function stepWallClock(ms: number): void {
  const before = Date.now;
  Date.now = () => before() + ms;
}

/** Of the real clock, so that what is under way gets its time. */
export const breathe = (ms: number): Promise<void> => new Promise((resolve) => exact.setTimeout(resolve, ms));
