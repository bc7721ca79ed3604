import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS } from '@trunkline/contracts';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { cloneRoot } from '../../../../config/clone-root.js';
import { type Expectation, isDriven } from './expectation.js';
import { FAULT_NAMES } from './fault.js';
import { MATRIX } from './fault.matrix.js';
import { matrixDocument } from './matrix.document.js';
import { PHASE_NAMES } from './phase.js';
import { ONCE_WRONG, quickCells } from './quick.cells.js';

const cells = FAULT_NAMES.flatMap((fault) => PHASE_NAMES.map((phase) => MATRIX[fault][phase]));

describe('the fault matrix', () => {
  it('leaves nobody without a way on: what is retried heals by itself, what asks does not', () => {
    const classOf = (cell: Expectation) => ('reason' in cell ? REASONS[cell.reason] : undefined);
    const retried = cells.filter(({ kind }) => kind === 'retried');
    expect(retried.filter((cell) => classOf(cell) !== 'transient')).toEqual([]);
    const asked = cells.filter(({ kind }) => kind === 'asks');
    expect(asked.filter((cell) => classOf(cell) === 'transient')).toEqual([]);
  });

  it('is what its page says; `npm run matrix` writes it', async () => {
    const page = readFileSync(join(cloneRoot, 'docs', 'fault-matrix.md'), 'utf8');
    expect(page).toBe(await format(matrixDocument(), { parser: 'markdown', printWidth: 120 }));
  });
});

describe('what every test run drives', () => {
  const quick = quickCells();

  it('is each phase, each fault that is driven with one worker, and all that was ever wrong', () => {
    expect(new Set(quick.map((cell) => cell.split('/')[1]))).toEqual(new Set(PHASE_NAMES));
    expect(quick).toEqual(expect.arrayContaining([...ONCE_WRONG]));
    for (const fault of FAULT_NAMES) {
      const kinds = PHASE_NAMES.map((phase) => MATRIX[fault][phase]);
      const isWhole = kinds.some(({ kind }) => kind === 'resumed');
      if (!isWhole && kinds.some(isDriven)) expect(quick.some((cell) => cell.startsWith(`${fault}/`))).toBe(true);
    }
  });
});
