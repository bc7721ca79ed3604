import type { Store } from './store.js';

/** In memory, and gone with the process: for a sandbox without a folder, of which nothing is expected to come back. */
export class MemoryStore implements Store {
  private readonly buckets = new Map<string, Bucket>();
  /** How to take back what the transaction under way has changed, oldest first; undefined outside of one. */
  private changed: (() => void)[] | undefined;

  get(bucket: string, key: string): Uint8Array | undefined {
    return this.buckets.get(bucket)?.get(key);
  }

  put(bucket: string, key: string, bytes: Uint8Array): void {
    this.set(bucket, key, bytes);
  }

  delete(bucket: string, key: string): void {
    this.set(bucket, key, undefined);
  }

  entries(bucket: string, after = '', limit = Infinity): [string, Uint8Array][] {
    return this.buckets.get(bucket)?.entries(after, limit) ?? [];
  }

  size(bucket: string): number {
    return this.buckets.get(bucket)?.size ?? 0;
  }

  clear(bucket: string): void {
    for (const [key] of this.entries(bucket)) this.delete(bucket, key);
  }

  transaction<T>(run: () => T): T {
    if (this.changed) return run();
    const changed = (this.changed = []);
    try {
      return run();
    } catch (error) {
      for (const takeBack of (changed as (() => void)[]).toReversed()) takeBack();
      throw error;
    } finally {
      this.changed = undefined;
    }
  }

  close(): void {
    this.buckets.clear();
  }

  private set(name: string, key: string, bytes: Uint8Array | undefined): void {
    let bucket = this.buckets.get(name);
    if (!bucket) this.buckets.set(name, (bucket = new Bucket()));
    const before = bucket.get(key);
    bucket.set(key, bytes);
    this.changed?.push(() => bucket.set(key, before));
  }
}

/** Values by key; the order of the keys is made when it is asked for, and kept as long as it is right. */
class Bucket {
  private readonly values = new Map<string, Uint8Array>();
  private sorted: string[] | undefined = [];

  get size(): number {
    return this.values.size;
  }

  get(key: string): Uint8Array | undefined {
    return this.values.get(key);
  }

  /** undefined deletes. */
  set(key: string, bytes: Uint8Array | undefined): void {
    if (bytes === undefined) {
      if (this.values.delete(key)) this.sorted = undefined;
      return;
    }
    if (this.sorted && !this.values.has(key)) this.append(key, this.sorted);
    this.values.set(key, bytes);
  }

  entries(after: string, limit: number): [string, Uint8Array][] {
    this.sorted ??= [...this.values.keys()].sort();
    const first = firstAfter(this.sorted, after);
    return this.sorted.slice(first, first + limit).map((key) => [key, this.values.get(key)!]);
  }

  /** Most keys are numbers that grow. */
  private append(key: string, sorted: string[]): void {
    if (sorted.length === 0 || key > sorted.at(-1)!) sorted.push(key);
    else this.sorted = undefined;
  }
}

function firstAfter(sorted: readonly string[], after: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
