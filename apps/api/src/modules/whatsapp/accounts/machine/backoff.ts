import type { Reason } from '@trunkline/contracts';

interface Wait {
  firstMs: number;
  ceilingMs: number;
}

/** An outage of minutes, here or there, must not cost minutes after its end. */
const SOON: Wait = { firstMs: 1_000, ceilingMs: 60_000 };
/** Where trying again soon would only annoy. */
const LATER: Partial<Record<Reason, Wait>> = {
  proxy: { firstMs: 5_000, ceilingMs: 60_000 },
  bad_certificate: { firstMs: 15_000, ceilingMs: 300_000 },
  rate_limited: { firstMs: 30_000, ceilingMs: 300_000 },
  client_outdated: { firstMs: 60_000, ceilingMs: 300_000 },
};

/** Nothing that heals by itself is waited for any longer, whoever asks for it: a proxy or a portal may answer for the server. */
export const LONGEST_MS = 3_600_000;

/**
 * Milliseconds until the next attempt: doubled each time up to the ceiling of its reason, and a random half of it taken off
 * so that many accounts do not come back in one moment. Not sooner than the server asked for, up to `LONGEST_MS`.
 */
export function backOff(reason: Reason, attempt: number, random: number, retryAfterSeconds = 0): number {
  const { firstMs, ceilingMs } = LATER[reason] ?? SOON;
  const full = Math.min(ceilingMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.min(LONGEST_MS, Math.max(Math.round(full * (0.5 + random / 2)), retryAfterSeconds * 1000));
}
