/** When a transfer that failed is tried again. */

const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;
/** Some ten hours of trying; after that a person may ask for it. */
export const MOST_ATTEMPTS = 15;
/** A file that comes wrong so often is wrong. */
export const MOST_CORRUPT = 3;
/** A phone that is off is asked again once an hour, for a day; what it is asked meanwhile waits for it, too. */
export const MOST_ASKED = 24;
export const ASK_AGAIN_MS = 3_600_000;

/** Milliseconds; `random` from 0 up to 1. */
export function waitAfter(attempts: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  return Math.round(longest / 2 + (longest / 2) * random);
}
