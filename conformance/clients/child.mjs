/**
 * The child's end of the conformance protocol: one JSON object per line.
 *
 *   in    { id, account, verb, args }         `account` names one account of this process
 *   out   { id, value } or { id, error }      the answer; verbs may overlap
 *   out   { account, event }                  what an account saw, in order; the words are those of driver.ts
 *
 * A foreign library prints what it likes (libsignal its private keys), so the console leads nowhere and only this file
 * writes to stdout. An unhandled rejection must not end the accounts of other cases: it is told as an event without account.
 */
import { createInterface } from 'node:readline';

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** `open(account, start, tell)` gives the verbs of one account; `start` is what the first line of stdin says. */
export function serve(open) {
  for (const level of ['log', 'info', 'debug', 'warn', 'error', 'trace']) console[level] = () => {};
  process.on('unhandledRejection', (error) =>
    write({ account: null, event: { type: 'crash', detail: String(error) } }),
  );
  const accounts = new Map();
  let start;

  const answer = async ({ id, account, verb, args }) => {
    try {
      if (!accounts.has(account))
        accounts.set(
          account,
          open(account, start, (event) => write({ account, event })),
        );
      const value = await accounts.get(account)[verb](args ?? {});
      write({ id, value: value ?? null });
    } catch (error) {
      write({ id, error: error instanceof Error ? error.message : String(error) });
    }
  };

  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const message = JSON.parse(line);
    if (start) void answer(message);
    else start = message;
  });
  // The parent is gone: nobody is left to speak to.
  lines.on('close', () => process.exit(0));
}

/** A logger that says nothing, in the shape both libraries ask for. */
export const silent = Object.freeze({
  level: 'silent',
  child: () => silent,
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  fatal() {},
});
