import { defineConfig } from 'vitest/config';

const roots = '{packages,apps,scripts,e2e}';
const exclude = ['**/node_modules/**', '**/dist/**', '**/.next/**'];
/** A condition is waited for, not a time: this long only when it never comes. */
const poll = { timeout: 10_000 };
const database = './apps/api/src/testing/global-postgres.ts';

/**
 * Three kinds of spec (docs/operations/processes.md, "Tests"):
 * unit `*.spec.ts` (pure), db `*.db.spec.ts` (a real PostgreSQL, one database per file), e2e `*.e2e.spec.ts` (real
 * processes and sockets; one file at a time, since they measure time and own the machine's two cores).
 */
export default defineConfig({
  test: {
    projects: [
      './conformance/vitest.config.ts',
      {
        test: {
          name: 'unit',
          include: [`${roots}/**/*.spec.{ts,tsx,mjs}`],
          exclude: [...exclude, '**/*.{db,e2e}.spec.{ts,tsx,mjs}'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'db',
          include: [`${roots}/**/*.db.spec.ts`],
          exclude,
          globalSetup: [database],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          expect: { poll },
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: [`${roots}/**/*.e2e.spec.{ts,mjs}`],
          exclude,
          globalSetup: [database],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
