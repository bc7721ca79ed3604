import { inRoot } from './root.mjs';
import { become } from './run.mjs';

/** Programs of `bench/` are TypeScript that the pinned Node reads as it is. */
export function measure(node, verb, args) {
  const reading = ['--experimental-transform-types', '--no-warnings', '--import'];
  const hook = inRoot('packages/sandbox/src/testing/typescript.mjs');
  return become(node, [...reading, hook, inRoot('bench/run.ts'), verb, ...args]);
}
