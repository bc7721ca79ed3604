import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { pinnedNode } from './pinned-node.mjs';

/** How many marks a promise carries after a store was used, as Baileys uses one for each socket: 0, or it pays for each. */
const marks = `
  import { AsyncLocalStorage, executionAsyncResource } from 'node:async_hooks';
  for (let socket = 0; socket < 20; socket++) new AsyncLocalStorage().run({}, () => undefined);
  await null;
  console.log(Object.getOwnPropertySymbols(executionAsyncResource()).length);`;
const run = (...flags) =>
  Number(execFileSync(pinnedNode(), [...flags, '--input-type=module', '--eval', marks], { env: {} }).toString());

it('is a Node whose promises do not pay for every socket that ever was (S2)', () => {
  expect(run()).toBe(0);
  expect(run('--no-async-context-frame')).toBeGreaterThan(0);
});
