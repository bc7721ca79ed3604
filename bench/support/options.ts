import { parseArgs } from 'node:util';

export interface Options {
  /** Smaller, to see that it works and roughly where it stands. */
  quick: boolean;
  /** Of a soak: how many kills. */
  rounds: number | undefined;
  /** Of a soak: the same seed chooses the same victims and moments. */
  seed: number;
  /** Of a soak: adds a line to `docs/reliability/`. */
  append: boolean;
}

export function readOptions(args: string[]): Options & { name: string } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      append: { type: 'boolean', default: false },
    },
  });
  return {
    name: positionals[0] ?? '',
    quick: values.quick,
    append: values.append,
    rounds: wholeNumber('rounds', values.rounds),
    seed: wholeNumber('seed', values.seed) ?? Math.floor(Math.random() * 2 ** 31),
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new RangeError(`--${name} takes a whole number, not "${text}"`);
}
