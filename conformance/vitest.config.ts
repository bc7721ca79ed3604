import { defineProject } from 'vitest/config';

/** Cases of one client run together, a few at a time: they mostly wait for the network. */
export default defineProject({
  test: {
    name: 'conformance',
    include: ['**/*.spec.{ts,mjs}'],
    exclude: ['**/node_modules/**'],
    testTimeout: 90_000,
    hookTimeout: 30_000,
    maxConcurrency: 8,
    maxWorkers: 2,
    sequence: { groupOrder: 0 },
  },
});
