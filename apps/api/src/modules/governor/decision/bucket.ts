/** At most `burst` at once, and in the long run one each `everyMs`. */
export interface Rate {
  burst: number;
  everyMs: number;
}

/**
 * A token bucket kept as one moment (GCRA): when it will be full again. In any window of length w no more than
 * burst + w / everyMs are taken.
 */
export type Bucket = number;
export const FULL: Bucket = Number.NEGATIVE_INFINITY;

/** When the next one may be taken; not after `at` means now. */
export function nextTake(bucket: Bucket, rate: Rate, at: number): number {
  return Math.max(bucket, at) + rate.everyMs - rate.burst * rate.everyMs;
}

/** How many may be taken at once now. */
export function takeable(bucket: Bucket, rate: Rate, at: number): number {
  return Math.max(0, Math.floor((at - Math.max(bucket, at)) / rate.everyMs + rate.burst + 1e-9));
}

/** The same bucket under another rate: what was taken of the old one is missing in the new one, and no more than all of it. */
export function rescaled(bucket: Bucket, from: Rate, to: Rate, at: number): Bucket {
  const missing = Math.max(0, bucket - at) / from.everyMs;
  return at + Math.min(missing, to.burst) * to.everyMs;
}

export function take(bucket: Bucket, rate: Rate, at: number): Bucket {
  return Math.max(bucket, at) + rate.everyMs;
}
