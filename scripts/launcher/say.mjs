/** Something that a person can mend: one sentence, no stack, exit code 1. */
export class Refusal extends Error {}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

export function fail(text) {
  say(text);
  process.exitCode = 1;
}

/** Says what is done, does it, and says how long it took. */
export async function step(title, work) {
  say(`${title} …`);
  const startedAt = performance.now();
  const result = await work();
  say(`${title}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return result;
}
