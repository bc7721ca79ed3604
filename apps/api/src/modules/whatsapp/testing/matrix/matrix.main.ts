/**
 * `npm run matrix [-- --quick | --cells FAULT/PHASE,… | --fault NAME | --phase NAME]`: drives cells of the
 * fault matrix, one after another, and writes docs/fault-matrix.md when it drove all of them. Ends with one line of counts,
 * and with code 1 when a cell disagrees.
 */
import './turned.js';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloneRoot } from '../../../../config/clone-root.js';
import { migrate } from '../../../../database/migrate.js';
import { startSpecPostgres } from '../../../../testing/spec-postgres.js';
import type { Fault } from '../../accounts/faults/fault.js';
import { matrixDocument } from '../../accounts/faults/matrix.document.js';
import type { Phase } from '../../accounts/faults/phase.js';
import { type Asked, askedCells, USAGE } from './asked.cells.js';
import { drive } from './drive.js';
import { MatrixWorld } from './matrix.world.js';
import { processCells } from './process.cells.js';

function asked(): Asked {
  try {
    const cells = askedCells(process.argv.slice(2));
    if (cells) return cells;
    process.stdout.write(`${USAGE}\n`);
    process.exit();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}\n`);
    process.exit(2);
  }
}

const { cells, isWhole } = asked();
let driven = 0;
const wrong = new Map<string, string>();

function say(cell: string, ms: number, failure: string | undefined): void {
  driven += 1;
  if (failure) wrong.set(cell, failure);
  process.stdout.write(`${failure ? 'WRONG' : 'ok'} ${cell} (${Math.round(ms)} ms)${failure ? `: ${failure}` : ''}\n`);
}

async function driveAll(databaseUrl: string): Promise<void> {
  const world = await MatrixWorld.open(databaseUrl);
  for (const cell of cells) {
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
