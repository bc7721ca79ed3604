import { vi } from 'vitest';

/** Asks again until nothing is thrown; rejects after 10 s. For what happens by itself, soon, on a machine that may be busy. */
export const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 10_000, interval: 10 });
