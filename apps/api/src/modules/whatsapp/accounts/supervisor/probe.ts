import type { Cancel, Clock } from '../../../../clock/clock.js';
import type { EngineSession } from '../../engines/engine.js';

const EVERY_MS = 20_000;
const ANSWER_MS = 15_000;

/**
 * Asks the server something now and then: a connection that is open and answers nothing is found within
 * EVERY_MS + ANSWER_MS, whatever its pings say.
 */
export class Probe {
  #cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly session: () => EngineSession | undefined,
    private readonly on: { alive(): void; deaf(): void },
  ) {}

  start(): void {
    this.stop();
    this.#cancel = this.clock.setTimeout(() => this.verify(), EVERY_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** Once, now; while connected the next follows by itself. */
  verify(): void {
    const session = this.session();
    if (!session) return;
    void session.probe(ANSWER_MS).then((alive) => {
      if (this.session() !== session) return;
      if (!alive) return this.on.deaf();
      this.on.alive();
      this.start();
    });
  }
}
