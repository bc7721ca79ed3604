/** Runs one piece of work after the other, in the order given. A failed one does not stop the next. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    this.last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all work given so far is done. */
  async idle(): Promise<void> {
    await this.last;
  }
}
