import type { OutboxStart } from './outbox.start.js';

/** What waits longer than this is told (an account), or put aside as held (a chat). */
export const LONG_MS = 5_000;
/** The governor reckons by a clock of its own: an end that differs by less is the same one, told in other words. */
const SAME_MS = 1_000;

/** Tells until when nothing of an account leaves, once for each end. */
export class ToldWait {
  /** At first unknown: an earlier connection may have told something. */
  #told: Date | 'unknown' | null = 'unknown';

  constructor(private readonly start: Pick<OutboxStart, 'change' | 'clock'>) {}

  /** Nothing was told by anybody. */
  nothingTold(): void {
    this.#told = null;
  }

  /** null: it leaves. */
  tell(until: Date | null): void {
    const isLong = until !== null && until.getTime() - this.start.clock.now().getTime() >= LONG_MS;
    const told = isLong ? until : null;
    if (told && this.#told instanceof Date && Math.abs(told.getTime() - this.#told.getTime()) < SAME_MS) return;
    if (told || this.#told) this.start.change({ type: 'wait', until: told });
    this.#told = told;
  }
}
