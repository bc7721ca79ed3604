/** Runs work one after another per key. One queue belongs to one account, so that accounts never wait for each other (S18). */
export class KeyedQueue {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.tails.get(key) ?? Promise.resolve()).then(work, work);
    this.tails.set(key, turn);
    const forget = (): void => this.forget(key, turn);
    turn.then(forget, forget);
    return turn;
  }

  /** Holds all keys at once. Callers that share keys must name them in the same order, or they wait for each other. */
  runAll<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    return keys.reduceRight<() => Promise<T>>((inner, key) => () => this.run(key, inner), work)();
  }

  private forget(key: string, turn: Promise<unknown>): void {
    if (this.tails.get(key) === turn) this.tails.delete(key);
  }
}
