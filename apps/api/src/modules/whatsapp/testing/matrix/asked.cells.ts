import { parseArgs } from 'node:util';
import { FAULT_NAMES } from '../../accounts/faults/fault.js';
import { PHASE_NAMES } from '../../accounts/faults/phase.js';
import { allCells, type Place, quickCells } from '../../accounts/faults/quick.cells.js';

export const USAGE = `npm run matrix [-- --quick | --cells FAULT/PHASE,... | --fault NAME | --phase NAME]

Drives cells of the fault matrix, one after another, and writes docs/fault-matrix.md when it drove all of them.
  --quick   each fault once, each phase once, and all that was ever wrong
  --cells   these; with --fault or --phase all of that fault or phase`;

export interface Asked {
  cells: readonly Place[];
  /** All there are: what comes of it is the document. */
  isWhole: boolean;
}

/** Undefined: how it is used was asked. Throws in a sentence that says what is not there. */
export function askedCells(args: string[]): Asked | undefined {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      cells: { type: 'string' },
      fault: { type: 'string' },
      phase: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const { quick, cells, fault, phase } = values;
  known('fault', fault, FAULT_NAMES);
  known('phase', phase, PHASE_NAMES);
  if (cells) return { cells: named(cells.split(',')), isWhole: false };
  const all = quick ? quickCells() : allCells();
  const asked = all.filter((cell) => {
    const [ofFault, inPhase] = cell.split('/');
    return (!fault || fault === ofFault) && (!phase || phase === inPhase);
  });
  return { cells: asked, isWhole: !quick && !fault && !phase };
}

function named(cells: string[]): Place[] {
  const all = allCells();
  for (const cell of cells)
    if (!all.includes(cell as Place)) throw new RangeError(`There is no cell "${cell}" to be driven.`);
  return cells as Place[];
}

function known(what: string, name: string | undefined, all: readonly string[]): void {
  if (name !== undefined && !all.includes(name))
    throw new RangeError(`There is no ${what} "${name}". There is: ${all.join(', ')}.`);
}
