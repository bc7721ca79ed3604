import type { Reason } from '@trunkline/contracts';

/** Where trying again soon would only annoy, the first wait is longer. */
const FIRST_MS: Partial<Record<Reason, number>> = {
  rate_limited: 30_000,
  client_outdated: 60_000,
  bad_certificate: 15_000,
  proxy: 5_000,
};
const CEILING_MS = 5 * 60_000;

/**
 * Milliseconds until the next attempt: doubled each time, at most five minutes, of which a random half is taken off so
 * that many accounts do not come back in one moment. Never sooner than the server asked for.
 */
export function backOff(reason: Reason, attempt: number, random: number, retryAfterSeconds = 0): number {
  const first = FIRST_MS[reason] ?? 1_000;
  const full = Math.min(CEILING_MS, first * 2 ** Math.min(attempt - 1, 20));
  return Math.max(Math.round(full * (0.5 + random / 2)), retryAfterSeconds * 1000);
}
