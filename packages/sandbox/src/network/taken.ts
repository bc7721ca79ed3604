import type { Store } from '../store/store.js';

const BUCKETS = ['network.taken.a', 'network.taken.b'] as const;
/** Which of the two is written to. */
const TURN = 'network.taken';
const MARK = new Uint8Array(0);

/**
 * Which message ids a device has been given. Kept in two halves of which the older is dropped when the newer is full, so
 * that memory of the past is long (at least `half` messages) and never grows without end.
 */
export class Taken {
  private newer: number;
  private size: number;

  constructor(
    private readonly store: Store,
    private readonly half = 200_000,
  ) {
    this.newer = store.get(TURN, 'newer')?.[0] ?? 0;
    this.size = store.size(this.bucket);
  }

  /** False when it was marked before. */
  mark(key: string): boolean {
    if (BUCKETS.some((bucket) => this.store.get(bucket, key) !== undefined)) return false;
    if (this.size >= this.half) this.turn();
    this.store.put(this.bucket, key, MARK);
    this.size += 1;
    return true;
  }

  unmark(key: string): void {
    for (const bucket of BUCKETS) this.store.delete(bucket, key);
  }

  private get bucket(): string {
    return BUCKETS[this.newer] ?? BUCKETS[0];
  }

  private turn(): void {
    this.newer = 1 - this.newer;
    this.size = 0;
    this.store.put(TURN, 'newer', Uint8Array.of(this.newer));
    this.store.clear(this.bucket);
  }
}
