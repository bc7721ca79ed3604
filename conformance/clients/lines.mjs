/** The child's end of `bench/support/children.ts`: verbs by name, each with its arguments; answers in any order. */
import { createInterface } from 'node:readline';

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** Tells the parent something that it did not ask for. */
export const tell = (event) => write({ event });

export function serveLines(verbs) {
  // A library prints what it likes, private keys too.
  for (const level of ['log', 'info', 'debug', 'warn', 'error', 'trace']) console[level] = () => {};
  const answer = async ({ id, verb, args }) => {
    try {
      write({ id, value: (await verbs[verb](args)) ?? null });
    } catch (error) {
      write({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void answer(JSON.parse(line)));
  // The parent is gone: nobody is left to speak to.
  lines.on('close', () => process.exit(0));
}
