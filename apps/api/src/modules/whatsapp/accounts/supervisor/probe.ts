import type { Cancel, Clock } from '../../../../clock/clock.js';
import type { EngineSession } from '../../engines/engine.js';

const SILENCE_MS = 25_000;
const ANSWER_MS = 15_000;

/**
 * Asks the server something when it has been silent: a connection that is open and answers nothing is found within
 * SILENCE_MS + ANSWER_MS, whatever its pings say. One on which something comes needs no question; at WhatsApp each is
 * traffic that no other client makes.
 */
export class Probe {
  #cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly session: () => EngineSession | undefined,
    private readonly on: { alive(): void; deaf(): void },
  ) {}

  start(): void {
    this.#look(SILENCE_MS);
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

  #look(afterMs: number): void {
    this.stop();
    this.#cancel = this.clock.setTimeout(() => this.#listen(), afterMs);
  }

  #listen(): void {
    const silent = this.session()?.silentMs() ?? Infinity;
    if (silent >= SILENCE_MS) return this.verify();
    this.on.alive();
    this.#look(SILENCE_MS - silent);
  }
}
