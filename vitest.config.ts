import { defineConfig } from 'vitest/config';

const roots = '{packages,apps,scripts,e2e}';
const exclude = ['**/node_modules/**', '**/dist/**', '**/.next/**'];
/** A condition is waited for, not a time: this long only when it never comes. */
const poll = { timeout: 10_000 };
const database = './apps/api/src/testing/global-postgres.ts';
const browser = './e2e/support/browser.setup.ts';

/** Two files at a time, on two cores: half of what a spec does is to wait for another process. */
const lanes = { maxWorkers: 2 };
/** Files of a lane share its process and what they import; each leaves it as it found it. */
const shared = { ...lanes, isolate: false };

/**
 * Kinds of spec (docs/operations/processes.md, "Tests"):
 * unit `*.spec.ts` (pure), db `*.db.spec.ts` (a real PostgreSQL, one database per file), e2e `*.e2e.spec.ts` (real
 * processes and sockets), alone `*.alone.spec.ts` (e2e that changes what is built, which all others run).
 */
export default defineConfig({
  test: {
    projects: [
      './conformance/vitest.config.ts',
      {
        test: {
          name: 'unit',
          include: [`${roots}/**/*.spec.{ts,tsx,mjs}`],
          exclude: [...exclude, '**/*.{db,e2e,alone}.spec.{ts,tsx,mjs}'],
          testTimeout: 20_000,
          ...shared,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'db',
          include: [`${roots}/**/*.db.spec.ts`],
          exclude,
          globalSetup: [database],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll },
          ...shared,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: [`${roots}/**/*.e2e.spec.{ts,mjs}`],
          exclude,
          globalSetup: [database, browser],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll },
          ...lanes,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'alone',
          include: [`${roots}/**/*.alone.spec.ts`],
          exclude,
          globalSetup: [browser],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
