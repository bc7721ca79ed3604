interface Asking<Q, A> {
  question: Q;
  resolve(answer: A): void;
  reject(error: unknown): void;
}

/**
 * One statement for many who ask at once: who asks while one is under way is answered by the next, together with all others
 * who did. So the busier a process is, the fewer statements each question costs.
 */
export class Gathered<Q, A> {
  #asking: Asking<Q, A>[] = [];
  #reading = false;

  /** @param readAll answers in the order of the questions; when it rejects, so does each of them */
  constructor(private readonly readAll: (questions: readonly Q[]) => Promise<readonly A[]>) {}

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#asking.push({ question, resolve, reject });
      if (!this.#reading) void this.#read();
    });
  }

  async #read(): Promise<void> {
    this.#reading = true;
    // At the end of this turn, so that all who were woken by one thing ask together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#asking.length > 0) await this.#answer(this.#asking.splice(0));
    this.#reading = false;
  }

  async #answer(asking: readonly Asking<Q, A>[]): Promise<void> {
    try {
      const answers = await this.readAll(asking.map(({ question }) => question));
      asking.forEach(({ resolve }, place) => resolve(answers[place]!));
    } catch (error) {
      for (const { reject } of asking) reject(error);
    }
  }
}
