/**
 * `npm run matrix [-- --quick | --cells FAULT/PHASE,… | --fault NAME | --phase NAME]`: drives cells of the
 * fault matrix, one after another, and writes docs/fault-matrix.md when it drove all of them. Ends with one line of counts,
 * and with code 1 when a cell disagrees.
 */
import './turned.js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cloneRoot } from '../../../../config/clone-root.js';
import { migrate } from '../../../../database/migrate.js';
import { startSpecPostgres } from '../../../../testing/spec-postgres.js';
import type { Fault } from '../../accounts/faults/fault.js';
import { matrixDocument } from '../../accounts/faults/matrix.document.js';
import type { Phase } from '../../accounts/faults/phase.js';
import { allCells, type Place, quickCells } from '../../accounts/faults/quick.cells.js';
import { drive } from './drive.js';
import { MatrixWorld } from './matrix.world.js';
import { processCells } from './process.cells.js';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    cells: { type: 'string' },
    fault: { type: 'string' },
    phase: { type: 'string' },
  },
});
const isWhole = !values.quick && !values.cells && !values.fault && !values.phase;

function chosen(): Place[] {
  if (values.cells) return values.cells.split(',') as Place[];
  const all = values.quick ? quickCells() : allCells();
  return all.filter((cell) => {
    const [fault, phase] = cell.split('/');
    return (!values.fault || values.fault === fault) && (!values.phase || values.phase === phase);
  });
}

let driven = 0;
const wrong = new Map<string, string>();

function say(cell: string, ms: number, failure: string | undefined): void {
  driven += 1;
  if (failure) wrong.set(cell, failure);
  process.stdout.write(`${failure ? 'WRONG' : 'ok'} ${cell} (${Math.round(ms)} ms)${failure ? `: ${failure}` : ''}\n`);
}

async function driveAll(databaseUrl: string): Promise<void> {
  const world = await MatrixWorld.open(databaseUrl);
  for (const cell of chosen()) {
    const began = performance.now();
    const [fault, phase] = cell.split('/') as [Fault, Phase];
    const { wrong: failure } = await drive(world, fault, phase);
    say(cell, performance.now() - began, failure);
  }
  await world.close();
}

async function write(): Promise<void> {
  const { format } = await import('prettier');
  const text = await format(matrixDocument(wrong), { parser: 'markdown', printWidth: 120 });
  writeFileSync(join(cloneRoot, 'docs', 'fault-matrix.md'), text);
}

const postgres = await startSpecPostgres();
await migrate(postgres.url);
await driveAll(postgres.url);
await postgres.stop();
if (isWhole) await processCells(say);
if (isWhole) await write();
process.stdout.write(`MATRIX driven=${driven} agree=${driven - wrong.size} disagree=${wrong.size}\n`);
process.exit(wrong.size > 0 ? 1 : 0);
