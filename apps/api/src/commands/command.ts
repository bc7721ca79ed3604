import { constants } from 'node:os';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { StartError } from '../processes/start-error.ts';

/** What a person typed wrong, or what cannot be done: one sentence, exit code 1. */
export class CommandRefused extends StartError {}

/** Somebody asked how it is used. */
export class UsageAsked extends Error {}

/** Runs a command to its exit code; a refusal is said in one sentence. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  endBySignals();
  try {
    await work();
  } catch (error) {
    if (error instanceof UsageAsked) {
      say(error.message);
      process.exit();
    }
    process.exitCode = 1;
    const text = error instanceof StartError ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${text}\n`);
  }
  // A library may have left something open.
  process.exit();
}

/** In order, so that what listens for the end of the process takes away what is only half there. */
function endBySignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.stderr.write('Stopped.\n');
      process.exit(128 + constants.signals[signal]);
    });
  }
}

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

/** Throws `UsageAsked`, or `CommandRefused` with the usage behind what is wrong. */
export function readArguments<T extends ParseArgsOptionsConfig>(
  options: T,
  usage: string,
  args = process.argv.slice(3),
) {
  const parsed = parse({ ...options, ...HELP }, usage, args);
  if ((parsed.values as { help?: boolean }).help) throw new UsageAsked(usage);
  return parsed;
}

function parse<T extends ParseArgsOptionsConfig>(options: T, usage: string, args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new CommandRefused(`${(error as Error).message}\n\n${usage}`);
  }
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
