/** Wakes those who wait for something in the sandbox to happen, so that nobody needs to ask again and again. */
export class Changes {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  get revision(): number {
    return this.count;
  }

  announce(): void {
    this.count += 1;
    for (const look of this.waiting) look();
  }

  /** Resolves when `happened` holds, at the latest after `ms`, or when `signal` says that nobody listens any more. */
  async until(happened: () => boolean, ms: number, signal?: AbortSignal): Promise<void> {
    if (happened() || ms === 0 || signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.waiting.delete(look);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const look = () => happened() && done();
      const timer = setTimeout(done, ms);
      this.waiting.add(look);
      signal?.addEventListener('abort', done);
    });
  }
}
