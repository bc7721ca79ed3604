import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cloneRoot } from './config/clone-root.js';

/** Each is needed before the first login. Anything else is loaded when it is needed, by `await import`. */
const AT_START = ['agent-base', 'pg', 'pino', 'whatsapp-rust-bridge', 'ws'];

it('a worker finds few packages at its start, and loads none that only some accounts need', () => {
  const program = readFileSync(join(cloneRoot, 'apps/api/dist/worker.bundle.js'), 'utf8');
  const imported = [...program.matchAll(/^import .*?from "([^"]+)";$/gm)].map(([, name]) => name!);
  const packages = imported.filter((name) => !name.startsWith('.') && !isBuiltin(name));
  expect([...new Set(packages)].sort()).toEqual(AT_START);
  expect(program).toMatch(/await import\("sharp"\)/);
});
