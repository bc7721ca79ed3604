import type { Cancel, Clock } from '../../../../clock/clock.js';
import type { EngineSession, Identity } from '../../engines/engine.js';

/** R1.1: each second, this long. */
const FOR_MS = 60_000;
const EVERY_MS = 1_000;
/** R1.2: a client that does not know itself yet is left alone for so long before it is asked again. */
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
    void this.#ask(++this.#round, 0, this.clock.elapsed() + FOR_MS, found);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#round += 1;
  }

  async #ask(round: number, unknown: number, until: number, found: (identity: Identity) => void): Promise<void> {
    const session = this.session();
    const identity = await session?.identity().catch(() => undefined); // It does not know itself yet.
    if (round !== this.#round) return;
    if (identity?.phone) {
      this.stop();
      return found(identity);
    }
    const left = until - this.clock.elapsed();
    if (left <= 0) return this.stop();
    // Who knows a LID knows itself: the number alone is late. And between two connections nobody has to be left alone.
    const silent = session !== undefined && identity === undefined;
    const wait = silent ? WAITS_MS[Math.min(unknown, WAITS_MS.length - 1)]! : EVERY_MS;
    const next = silent ? unknown + 1 : unknown;
    this.#cancel = this.clock.setTimeout(() => void this.#ask(round, next, until, found), Math.min(wait, left));
  }
}
