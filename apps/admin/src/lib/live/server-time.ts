/**
 * The clock of the server, as far as a page can know it: countdowns to the server's deadlines must not depend on a
 * wrong clock of this computer. Learnt from the `Date` header of answers, which has whole seconds.
 */
const TOLERANCE_MS = 2_000;
let offsetMs = 0;

export function noteServerDate(header: string | null, now = Date.now()): void {
  const server = header === null ? NaN : Date.parse(header);
  if (Number.isNaN(server)) return;
  const difference = server - now;
  offsetMs = Math.abs(difference) <= TOLERANCE_MS ? 0 : difference;
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (now = Date.now()): number => now + offsetMs;
