/**
 * What every npm script goes through: `node scripts/launch.mjs <verb> [arguments]`.
 *
 * It runs on any Node from 20 on with nothing installed: it installs what is missing, builds what is stale, and then runs
 * the verb on the pinned Node. What it says itself goes to stderr, so that stdout is the verb's own.
 */
import { fail, Refusal } from './launcher/say.mjs';
import { findVerb } from './launcher/verbs.mjs';

const [name = 'start', ...args] = process.argv.slice(2);

try {
  process.exitCode = await findVerb(name)(args);
} catch (error) {
  if (error instanceof Refusal) fail(error.message);
  else throw error;
}
