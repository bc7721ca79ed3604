/** Waits until `look` gives something; asks every `everyMs`. Rejects after `withinMs`, naming what it waited for. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { withinMs = 120_000, everyMs = 20 } = {},
): Promise<T> {
  const end = performance.now() + withinMs;
  let last: unknown;
  while (performance.now() < end) {
    const found = await look().catch((error: unknown) => void (last = error));
    if (found) return found;
    await pause(everyMs);
  }
  throw new Error(`waited ${withinMs} ms for ${what}`, { cause: last });
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
