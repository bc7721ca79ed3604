import type { Cancel, Clock } from '../../../../clock/clock.js';
import type { EngineSession, Identity } from '../../engines/engine.js';

/** R1.1: this long at most. */
const FOR_MS = 60_000;
/** R1.2: a client that does not know itself yet is asked again after these, and then each 16 s. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000];

/**
 * Looks for the account's own number, one loop per account and never two. Ends when the number is known (`stop`), or
 * after a minute; the machine's deadline says what follows then. Engines that come and go meanwhile are all asked.
 */
export class NumberLoop {
  #cancel: Cancel | undefined;
  #round = 0;

  constructor(
    private readonly clock: Clock,
    private readonly session: () => EngineSession | undefined,
  ) {}

  start(found: (identity: Identity) => void): void {
    if (this.#cancel) return;
    this.#cancel = () => undefined;
    void this.#ask(++this.#round, 0, this.clock.now().getTime() + FOR_MS, found);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#round += 1;
  }

  async #ask(round: number, attempt: number, until: number, found: (identity: Identity) => void): Promise<void> {
    const identity = await this.session()
      ?.identity()
      .catch(() => undefined); // It does not know itself yet: that is what the next attempt is for.
    if (round !== this.#round) return;
    if (identity?.phone) {
      this.stop();
      return found(identity);
    }
    const wait = WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)]!;
    if (this.clock.now().getTime() + wait > until) return this.stop();
    this.#cancel = this.clock.setTimeout(() => void this.#ask(round, attempt + 1, until, found), wait);
  }
}
