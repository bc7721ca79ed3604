import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cloneRoot } from '../../apps/api/src/config/clone-root.ts';

/** A JSON line per run in `docs/reliability/`: rounds add up over runs, and each names the commit it was run on. */
export function record(name: string, line: Record<string, unknown>): void {
  const folder = join(cloneRoot, 'docs', 'reliability');
  mkdirSync(folder, { recursive: true });
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: cloneRoot, encoding: 'utf8' }).trim();
  const entry = { at: new Date().toISOString(), commit, ...line };
  appendFileSync(join(folder, `${name}.jsonl`), `${JSON.stringify(entry)}\n`);
}
