/**
 * Asks again until `look` gives something, at most `seconds` long, then fails with what it waited for. For what no event
 * tells; wait for an event where there is one.
 */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 30): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let last: unknown;
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${seconds} s for ${what}${last instanceof Error ? `; last: ${last.message}` : ''}`);
}
