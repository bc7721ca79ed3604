import type { Network } from '@trunkline/contracts';
import type { ToChild } from '../processes/messages.ts';
import { turnGlobals } from './turned-globals.ts';

/** Every process has turned its clock within this time, or the turn is reported as failed. */
const turnedWithinMs = 10_000;

export class TestClockRefused extends Error {
  override name = 'TestClockRefused';
  readonly code: 'test_clock_off' | 'test_clock_whatsapp';

  constructor(code: TestClockRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** `TRUNKLINE_TEST_CLOCK=on`, as this process was started: mount the route only then. */
export function hasTestClock(): boolean {
  return process.env.TRUNKLINE_CLOCK_OFFSET_MS !== undefined;
}

let lastTurn = 0;
let localOffsetMs = Number(process.env.TRUNKLINE_CLOCK_OFFSET_MS ?? 0);

/**
 * Turns the clock of every process of this installation, forwards or back, and resolves with the time that it shows then;
 * what fell due has fired. Rejects with `TestClockRefused` when there is no test clock, and when an account of the network
 * `whatsapp` exists: a real connection with a false clock would look like a broken client.
 *
 * @param accountNetworks the networks that have accounts
 */
export async function turnTestClock(
  advanceMs: number,
  accountNetworks: () => Promise<Iterable<Network>>,
): Promise<Date> {
  if (!hasTestClock()) throw new TestClockRefused('test_clock_off', 'The test clock is off (TRUNKLINE_TEST_CLOCK).');
  if (new Set(await accountNetworks()).has('whatsapp')) {
    throw new TestClockRefused('test_clock_whatsapp', 'The clock is not turned while a WhatsApp account exists.');
  }
  if (process.connected) await askSupervisor(advanceMs);
  else turnGlobals((localOffsetMs += advanceMs));
  return new Date();
}

function askSupervisor(advanceMs: number): Promise<void> {
  const id = (lastTurn += 1);
  return new Promise((resolve, reject) => {
    const tooLate = AbortSignal.timeout(turnedWithinMs); // Not a timer of the turned clock: the turn would fire it.
    const done = (message: ToChild) => {
      if (message.type !== 'clock.turned' || message.id !== id) return;
      process.off('message', done);
      resolve();
    };
    tooLate.addEventListener('abort', () => {
      process.off('message', done);
      reject(new Error('Not every process has turned its clock in time.'));
    });
    process.on('message', done);
    process.send!({ type: 'clock.turn', id, advanceMs }, (error: Error | null) => error && reject(error));
  });
}
