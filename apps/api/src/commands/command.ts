import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { StartError } from '../processes/start-error.ts';

/** What a person typed wrong, or what cannot be done: one sentence, exit code 1. */
export class CommandRefused extends StartError {}

/** Runs a command to its exit code; a refusal is said in one sentence. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.exitCode = 1;
    const text = error instanceof StartError ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${text}\n`);
  }
  // A library may have left something open.
  process.exit();
}

export function readArguments<T extends ParseArgsOptionsConfig>(options: T, usage: string) {
  try {
    return parseArgs({ args: process.argv.slice(3), options, allowPositionals: true });
  } catch (error) {
    throw new CommandRefused(`${(error as Error).message}\n\n${usage}`);
  }
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
