/** How long each frame waits: `latencyMs` plus a random part of `jitterMs`. */
export interface LinkDelay {
  latencyMs: number;
  jitterMs: number;
}

/** Runs work later, never out of order; at once, in the same turn, when there is no delay and nothing waits. */
export class DelayLine {
  private queue: { due: number; work: () => void }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private last = 0;

  constructor(private readonly delay: () => LinkDelay) {}

  push(work: () => void): void {
    const { latencyMs, jitterMs } = this.delay();
    const now = performance.now();
    const due = Math.max(this.last, now + latencyMs + Math.random() * jitterMs);
    if (due <= now && this.queue.length === 0) return work();
    this.last = due;
    this.queue.push({ due, work });
    this.arm();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.queue = [];
  }

  private arm(): void {
    const next = this.queue[0];
    if (!next || this.timer) return;
    this.timer = setTimeout(() => this.drain(), Math.max(0, Math.ceil(next.due - performance.now())));
  }

  private drain(): void {
    this.timer = undefined;
    const now = performance.now();
    while (this.queue[0] && this.queue[0].due <= now) this.queue.shift()?.work();
    this.arm();
  }
}
