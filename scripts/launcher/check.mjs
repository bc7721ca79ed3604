import { inRoot, programs } from './root.mjs';
import { runQuietly } from './run.mjs';
import { say } from './say.mjs';

const types = [
  { title: 'types', command: [programs.tsc, '-b'] },
  { title: 'types of the pages’ routes', command: [programs.next, 'typegen'], cwd: inRoot('apps/admin') },
  { title: 'types of the pages', command: [programs.tsc, '--noEmit', '-p', 'apps/admin'] },
];
const words = [
  { title: 'lint', command: [programs.eslint, '.', '--cache', '--cache-location', '.cache/eslint/'] },
  {
    title: 'format',
    command: [
      programs.prettier,
      '--check',
      '.',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      '.cache/prettier',
    ],
  },
];

/** Types, lint and format; each says how long it took, and what is wrong. Resolves with the exit code. */
export async function check(node) {
  // Two at a time: that is what a small machine has.
  const codes = await Promise.all([oneAfterAnother(node, types), oneAfterAnother(node, words)]);
  return Math.max(...codes);
}

async function oneAfterAnother(node, checks) {
  let worst = 0;
  for (const { title, command, cwd } of checks) {
    const startedAt = performance.now();
    const { code, output } = await runQuietly(node, command, {
      ...(cwd && { cwd }),
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${title} (${seconds} s)${code === 0 ? '' : `\n${output.trimEnd()}`}`);
    worst = Math.max(worst, code);
  }
  return worst;
}
