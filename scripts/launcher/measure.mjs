import { inRoot } from './root.mjs';
import { become } from './run.mjs';

/** Programs of `bench/` are TypeScript that the pinned Node reads as it is. */
export function measure(node, verb, args) {
  return become(node, measuring(verb, args));
}

/** What Node is given for it. */
export function measuring(verb, args) {
  const reading = ['--experimental-transform-types', '--no-warnings', '--import'];
  const hook = inRoot('packages/sandbox/src/testing/typescript.mjs');
  return [...reading, hook, inRoot('bench/run.ts'), verb, ...args];
}
