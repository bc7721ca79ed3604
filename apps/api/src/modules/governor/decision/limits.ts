import type { QuietHours } from '@trunkline/contracts';
import type { Rate } from './bucket.js';

/** What holds for one account now: its profile, what a person changed, and the warm-up at the age of the number. */
export interface Limits {
  pace: Rate;
  /** In any 24 hours. */
  perDay: number;
  firstContactPace: Rate;
  firstContactsPerDay: number;
  /** Of `perDay`, what is kept for replies: others may not use the day up. 0 up to 1. */
  keptForReplies: number;
  /** Further time between two sends: up to so much of the pace's interval, at random. */
  jitter: number;
  quietHours: QuietHours | null;
  /** Where the recipient's zone is not known. */
  timeZone: string;
}
