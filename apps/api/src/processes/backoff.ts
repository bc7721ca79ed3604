export interface BackoffBounds {
  firstMs: number;
  ceilingMs: number;
  /** A process that lived this long has recovered: the next wait is the first again. */
  healthyAfterMs: number;
}

/**
 * How long to wait before the next restart: doubles with each quick death, clamped, with half of it jittered so that
 * several processes that died together do not return together.
 */
export class Backoff {
  #deaths = 0;

  constructor(private readonly bounds: BackoffBounds) {}

  /** @param livedMs how long the process that died had lived */
  next(livedMs: number): number {
    if (livedMs >= this.bounds.healthyAfterMs) this.#deaths = 0;
    const { firstMs, ceilingMs } = this.bounds;
    const full = Math.min(ceilingMs, firstMs * 2 ** Math.min(this.#deaths, 20));
    this.#deaths += 1;
    return Math.round(full / 2 + (full / 2) * Math.random());
  }
}
