/** Waits until `look` gives something; asks every `everyMs`. Rejects after `withinMs`, naming what it waited for. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { withinMs = 120_000, everyMs = 20 } = {},
): Promise<T> {
  const end = performance.now() + withinMs;
  let last: unknown;
  while (performance.now() < end) {
    const looking = look().catch((error: unknown) => void (last = error));
    const found = await within(looking, end - performance.now() + GRACE_MS, `a look for ${what}`);
    if (found) return found;
    await pause(everyMs);
  }
  throw new Error(`waited ${withinMs} ms for ${what}`, { cause: last });
}

/** For the last look, which may have begun late. */
const GRACE_MS = 60_000;

/** What the work gives. Rejects when it has not ended after `ms`, naming it. */
export async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what} did not end within ${Math.round(ms / 1000)} s`)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
