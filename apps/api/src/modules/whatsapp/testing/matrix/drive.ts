import type { AccountState } from '@trunkline/contracts';
import type { Fault } from '../../accounts/faults/fault.js';
import type { Expectation } from '../../accounts/faults/expectation.js';
import { MATRIX } from '../../accounts/faults/fault.matrix.js';
import type { Phase } from '../../accounts/faults/phase.js';
import { Cell } from './cell.js';
import { ENTER } from './enter.js';
import { JUDGES } from './judge.js';
import { ctx, type MatrixWorld } from './matrix.world.js';

export interface Verdict {
  fault: Fault;
  phase: Phase;
  /** Undefined when all followed that was to follow. */
  wrong?: string;
}

/** Drives one cell; what it leaves behind stops no other. */
export async function drive(world: MatrixWorld, fault: Fault, phase: Phase): Promise<Verdict> {
  const cell = new Cell(world, fault, phase);
  const bystander = await world.accounts.read(ctx, world.bystander.id);
  const errors = await world.errors(world.bystander.id);
  world.unhandled = [];
  try {
    await ENTER[phase](cell);
    const expected = MATRIX[fault][phase];
    await (JUDGES[expected.kind as keyof typeof JUDGES] as (cell: Cell, e: Expectation) => Promise<void>)(
      cell,
      expected,
    );
    if (world.engine.most(cell.id) > 1) throw new Error('two engines ran at once');
    if (world.unhandled.length > 0) throw new Error(`an error that nobody handled: ${String(world.unhandled[0])}`);
    if (cell.strike.everybody) await world.online(world.bystander.id);
    else await untouched(world, bystander.state.since, errors);
    return { fault, phase };
  } catch (error) {
    const now = cell.id ? await world.state(cell.id).catch(() => undefined) : undefined;
    const told = cell.id ? (await world.told(cell.id)).slice(cell.mark).map(inShort).join(', ') : '';
    return {
      fault,
      phase,
      wrong: `${(error as Error).message}; it is ${now ? inShort(now) : 'unknown'}; told: ${told}`,
    };
  } finally {
    await cell.end().catch(() => undefined);
    await leave(cell);
  }
}

const inShort = ({ status, connection, reason, attempt, nextAttemptAt }: AccountState): string =>
  `${status}/${connection}/${reason}${attempt > 0 ? `/${attempt}${nextAttemptAt ? ' waiting' : ''}` : ''}`;

async function untouched(world: MatrixWorld, since: string, errors: number): Promise<void> {
  const now = await world.state(world.bystander.id);
  if (now.connection !== 'connected' || now.since !== since)
    throw new Error(`the bystander was touched: ${now.reason}`);
  if ((await world.errors(world.bystander.id)) !== errors) throw new Error('the bystander was told of an error');
}

/** An account that is well is used again; another rests. */
async function leave({ world, id, phone, strike }: Cell): Promise<void> {
  await world.control.clearFaults();
  // One that was touched was told of in the verdict.
  await world.online(world.bystander.id).catch(async () => (world.bystander = await world.link()));
  if (!id) return;
  const { status, connection } = await world.state(id);
  if (status === 'active' && connection === 'connected' && !strike.marks) world.spare.push({ id, phone: phone! });
  else await world.accounts.disconnect(ctx, id).catch(() => undefined); // Whatever is wrong with it was told already.
}
