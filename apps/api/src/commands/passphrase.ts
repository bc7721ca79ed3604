import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { resolve } from 'node:path';
import { CommandRefused } from './command.js';

const LEAST = 12;

/** From a file (its first line), or typed unseen on a terminal. @param twice for one that is new */
export async function readPassphrase(file: string | undefined, twice: boolean): Promise<string> {
  const passphrase = file === undefined ? await typed(twice) : fromFile(file);
  if (twice && passphrase.length < LEAST) throw new CommandRefused(`A passphrase has at least ${LEAST} characters.`);
  if (passphrase === '') throw new CommandRefused('The passphrase is empty.');
  return passphrase;
}

function fromFile(file: string): string {
  try {
    return readFileSync(resolve(process.env.INIT_CWD ?? '.', file), 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw new CommandRefused(`--passphrase-file cannot be read: ${(error as Error).message}.`);
  }
}

async function typed(twice: boolean): Promise<string> {
  if (!process.stdin.isTTY)
    throw new CommandRefused('Give the passphrase as --passphrase-file FILE: nobody is here to type it.');
  const first = await ask('Passphrase: ', true);
  if (twice && (await ask('Once more: ', true)) !== first) throw new CommandRefused('The two are not the same.');
  return first;
}

/** True for "y" and "yes". Without a terminal nobody can say so: refused. */
export async function confirm(question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new CommandRefused(`${question} Answer with --yes: nobody is here to be asked.`);
  if (!/^y(es)?$/i.test((await ask(`${question} [y/N] `, false)).trim())) throw new CommandRefused('Nothing was done.');
}

async function ask(question: string, unseen: boolean): Promise<string> {
  process.stderr.write(question);
  const output = new Writable({
    write: (chunk, _, done) => void (unseen ? done() : process.stderr.write(chunk, () => done())),
  });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await lines.question('');
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw new CommandRefused('Stopped. Nothing was done.');
    throw error;
  } finally {
    lines.close();
    if (unseen) process.stderr.write('\n');
  }
}
