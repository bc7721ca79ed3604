/**
 * The clock of the server, as far as a page can know it: countdowns to the server's deadlines must not depend on a
 * wrong clock of this computer, nor on one that is turned over there. Learnt from the gateway, and from the `Date` header of
 * answers, which has whole seconds.
 */
const TOLERANCE_MS = 2_000;
let offsetMs = 0;
const listeners = new Set<() => void>();

export function noteServerDate(header: string | null, now = Date.now()): void {
  if (header !== null) noteServerTime(Date.parse(header), now);
}

/** What is known stays while it is right to the second: numbers that count must not jump at each answer. */
export function noteServerTime(server: number, now = Date.now()): void {
  if (Number.isNaN(server) || Math.abs(server - serverNow(now)) <= TOLERANCE_MS) return;
  const difference = server - now;
  offsetMs = Math.abs(difference) <= TOLERANCE_MS ? 0 : difference;
  for (const listener of listeners) listener();
}

/** Calls when the server turned out to have another time. Returns the way to stop. */
export function watchServerTime(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (now = Date.now()): number => now + offsetMs;
