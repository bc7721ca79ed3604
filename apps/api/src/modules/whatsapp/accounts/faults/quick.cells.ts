import { isDriven } from './expectation.js';
import { type Fault, FAULT_NAMES, PROCESS_FAULTS } from './fault.js';
import { MATRIX } from './fault.matrix.js';
import { type Phase, PHASE_NAMES } from './phase.js';

export type Place = `${Fault}/${Phase}`;

/** Every cell that ever failed when it was driven; none leaves this list. */
export const ONCE_WRONG: readonly Place[] = [
  'stream-503/connecting',
  'stream-503/qr',
  'stream-503/code',
  'stream-503/scanned',
  'failure-402/first-sync',
  'websocket-closed/first-sync',
  'clock-hour-ahead/code',
  'clock-month-ahead/code',
  'phone-offline/reconnecting',
  'number-changed/reconnecting',
];

const isProcess = (fault: Fault): boolean => (PROCESS_FAULTS as readonly Fault[]).includes(fault);
const phasesOf = (fault: Fault): Phase[] => PHASE_NAMES.filter((phase) => isDriven(MATRIX[fault][phase]));

/** Every cell that can be driven with one worker and its network. */
export const allCells = (): Place[] =>
  FAULT_NAMES.filter((fault) => !isProcess(fault)).flatMap((fault) =>
    phasesOf(fault).map((phase): Place => `${fault}/${phase}`),
  );

/** Each fault once, each phase once, and all that was ever wrong: what `npm test` drives. */
export function quickCells(): Place[] {
  const taken = new Map<Phase, number>(PHASE_NAMES.map((phase) => [phase, 0]));
  const cells = new Set(ONCE_WRONG);
  for (const fault of FAULT_NAMES.filter((each) => !isProcess(each))) {
    if (ONCE_WRONG.some((cell) => cell.startsWith(`${fault}/`))) continue;
    const [phase] = phasesOf(fault).sort((a, b) => taken.get(a)! - taken.get(b)!);
    if (phase === undefined) continue;
    taken.set(phase, taken.get(phase)! + 1);
    cells.add(`${fault}/${phase}`);
  }
  return [...cells];
}
