import { say } from './say.ts';

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which this part of all lies, by nearest rank. */
export function percentile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)]!;
}

export interface Pair {
  raw: number;
  ours: number;
}

/**
 * Runs both on the same work in turn, `pairs` times, so that what the machine does meanwhile strikes both. Says each
 * figure; the result is the median of the ratios of the pairs.
 * @param kind `rate`: more is better; `time`: less is better. The ratio is ours by raw either way.
 */
export async function compare(
  title: string,
  { pairs, unit }: { pairs: number; unit: string },
  raw: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<{ ratio: number; all: Pair[] }> {
  const all: Pair[] = [];
  for (let turn = 1; turn <= pairs; turn += 1) {
    // Who comes first changes with each pair.
    const pair = { raw: 0, ours: 0 };
    if (turn % 2 === 0) pair.ours = await ours();
    pair.raw = await raw();
    if (turn % 2 === 1) pair.ours = await ours();
    all.push(pair);
    say(`${title}, pair ${turn}: raw ${pair.raw.toFixed(2)} ${unit}, ours ${pair.ours.toFixed(2)} ${unit}`);
  }
  const ratios = all.map((pair) => pair.ours / pair.raw);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  say(`${title}: ratio ${median(ratios).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`);
  return { ratio: median(ratios), all };
}

export const two = (value: number) => value.toFixed(2);
