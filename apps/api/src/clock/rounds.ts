/**
 * Work that is done in rounds: one at a time, and who asks while one is under way, up to its last moment, gets another.
 * (Asked for between the last look and the end, work would else lie until somebody asks again.)
 */
export class Rounds {
  #running: Promise<void> | undefined;
  /** Also in the first steps of a run, before there is a promise of it: who asks there would begin a second one. */
  #busy = false;
  #asked = false;
  #stopped = false;

  /** @param round resolves to true when there is more to do at once; one that rejects waits until somebody asks again */
  constructor(private readonly round: () => Promise<boolean>) {}

  ask(): void {
    this.#asked = true;
    if (!this.#stopped && !this.#busy) this.#running = this.#run();
  }

  /** No further round begins; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#asked && !this.#stopped) {
      this.#asked = false;
      if (await this.round().catch(() => false)) this.#asked = true;
    }
    this.#busy = false;
  }
}
