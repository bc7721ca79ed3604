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

export const USAGE = `npm run bench -- restore|send [--quick]
npm run soak -- accounts|messages [--rounds N] [--quick] [--seed S] [--append]

  --quick    smaller, to see that it works and roughly where it stands
  --rounds   of a soak: how many kills
  --seed     of a soak: the same seed chooses the same victims and moments
  --append   of a soak: adds a line to docs/reliability`;

/** Undefined: how it is used was asked. Throws in a sentence that says what is wrong. */
export function readOptions(args: string[]): (Options & { name: string }) | undefined {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      append: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const [name = '', ...more] = positionals;
  if (more.length > 0) throw new RangeError(`"${more.join(' ')}" is one name too many`);
  return {
    name,
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
