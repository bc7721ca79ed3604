/**
 * The fault matrix, in short: each fault once, each phase once, and every cell that was ever wrong; all of it is
 * `npm run matrix`. It runs in a process of its own, whose clock is turned.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { cloneRoot } from '../apps/api/src/config/clone-root.js';
import { quickCells } from '../apps/api/src/modules/whatsapp/accounts/faults/quick.cells.js';

const program = join(cloneRoot, 'apps/api/dist/modules/whatsapp/testing/matrix/matrix.main.js');
const WITHIN_MS = 300_000;

describe('the fault matrix', () => {
  let printed = '';
  beforeAll(async () => {
    const args = [program, '--quick'];
    const ran = promisify(execFile)(process.execPath, args, { timeout: WITHIN_MS });
    ({ stdout: printed } = await ran.catch((error: { stdout: string }) => error));
  }, WITHIN_MS);

  it.each(quickCells())('%s', (cell) => {
    const line = printed.split('\n').find((each) => each.includes(` ${cell} `)) ?? 'it was not driven';
    expect(line).toMatch(/^ok /);
  });
});
