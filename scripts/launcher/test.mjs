import { readFileSync, rmSync } from 'node:fs';
import { inRoot, programs } from './root.mjs';
import { become } from './run.mjs';

const results = inRoot('test-results', 'vitest.json');

/** Runs the specs (all, or those that the arguments choose as vitest does); the last line counts them. */
export async function test(node, args) {
  rmSync(results, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const code = await become(node, [programs.vitest, 'run', ...reporters, ...args]);
  const { passed, failed } = count();
  const more = code !== 0 && failed === 0 ? ' (the run itself failed; see above)' : '';
  process.stdout.write(`${passed} passed, ${failed} failed${more}\n`);
  return code;
}

/** A file that could not be loaded has no failed test in it; it counts as one. */
function count() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(results, 'utf8'));
    const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
  } catch (error) {
    if (error.code === 'ENOENT') return { passed: 0, failed: 0 }; // It ended before it could write.
    throw error;
  }
}
