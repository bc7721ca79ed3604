import type { HoldScope } from '@trunkline/contracts';
import { type Bucket, FULL } from './bucket.js';
import { type DayWindow, EMPTY_DAY } from './day.window.js';
import { type Credits, NO_CREDITS } from './lanes.js';

/** What the governor remembers of one account. All moments but those of holds are on its own clock, which never jumps. */
export interface State {
  sends: Bucket;
  day: DayWindow;
  firstContacts: Bucket;
  firstContactDay: DayWindow;
  /** No send before this: jitter. */
  spacedUntil: number;
  /** By lane, for the fair choice between them. */
  credits: Credits;
  /** Chats whose first contact is on its way: what follows there is no other one. */
  begun: ReadonlySet<string>;
  holds: readonly StandingHold[];
}

export interface StandingHold {
  scope: HoldScope;
  /** Wall clock. */
  until: number;
}

export const FRESH: State = {
  sends: FULL,
  day: EMPTY_DAY,
  firstContacts: FULL,
  firstContactDay: EMPTY_DAY,
  spacedUntil: FULL,
  credits: NO_CREDITS,
  begun: new Set(),
  holds: [],
};

export interface Now {
  /** Milliseconds by the governor's own clock. */
  at: number;
  /** Milliseconds since 1970 by the wall clock: what people and quiet hours go by. */
  wall: number;
  /** From 0 up to 1. */
  random(): number;
}
