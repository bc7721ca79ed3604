/**
 * The clock of the server, as far as a page can know it: countdowns to the server's deadlines must not depend on a
 * wrong clock of this computer, nor on one that is turned over there. Learnt from the gateway, and from the `Date` header of
 * answers, which has whole seconds.
 */
const WHOLE_SECONDS_MS = 2_000;
const EXACT_MS = 500;
let offsetMs = 0;
const listeners = new Set<() => void>();

/** From an answer: good enough until the gateway tells it to the millisecond. */
export function noteServerDate(header: string | null, now = Date.now()): void {
  if (header !== null) note(Date.parse(header), now, WHOLE_SECONDS_MS);
}

/** From the gateway, as it is this very moment. */
export function noteServerTime(server: number, now = Date.now()): void {
  note(server, now, EXACT_MS);
}

/** What is known stays while it is right to within `tolerance`: numbers that count must not jump at each answer. */
function note(server: number, now: number, tolerance: number): void {
  if (Number.isNaN(server) || Math.abs(server - serverNow(now)) <= tolerance) return;
  const difference = server - now;
  offsetMs = Math.abs(difference) <= tolerance ? 0 : difference;
  for (const listener of listeners) listener();
}

/** Calls when the server turned out to have another time. Returns the way to stop. */
export function watchServerTime(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (now = Date.now()): number => now + offsetMs;
