/**
 * `npm run bench -- NAME` and `npm run soak -- NAME`: what there is, and how it ends. The last line is the figures; the exit
 * code is zero when there are figures, whatever they say, and another when they could not be taken.
 */
import { benchRestore } from './restore/restore.bench.ts';
import { benchSend } from './send/send.bench.ts';
import { soakAccounts } from './soak/accounts.soak.ts';
import { soakMessages } from './soak/messages.soak.ts';
import { readOptions, type Options, USAGE } from './support/options.ts';
import { say } from './support/say.ts';

/** Figures by name, in the order in which they are printed. */
export type Figures = Record<string, string | number>;

const programs: Record<string, Record<string, (options: Options) => Promise<Figures>>> = {
  bench: { restore: benchRestore, send: benchSend },
  soak: { accounts: soakAccounts, messages: soakMessages },
};

function options(args: string[]): ReturnType<typeof readOptions> | 'wrong' {
  try {
    return readOptions(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    return 'wrong';
  }
}

async function run(verb: string, args: string[]): Promise<number> {
  const read = options(args);
  if (read === 'wrong') return 2;
  if (!read) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const { name, ...asked } = read;
  const program = programs[verb]?.[name];
  if (!program) {
    say(`There is no ${verb} "${name}". There is: ${Object.keys(programs[verb] ?? {}).join(', ')}.`);
    return 2;
  }
  try {
    const figures = await program(asked);
    const words = Object.entries(figures).map(([key, value]) => `${key}=${value}`);
    process.stdout.write(`${verb.toUpperCase()} ${name} ${words.join(' ')}\n`);
    return 0;
  } catch (error) {
    say(`Could not measure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return 1;
  }
}

const [verb = '', ...args] = process.argv.slice(2);
process.exit(await run(verb, args));
