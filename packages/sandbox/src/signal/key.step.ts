import type { Store } from '../store/store.js';

/**
 * The key changes of one step (one message in or out) of one device, held back until the step commits. A ratchet step
 * and what it was for (the message seen, the message sent) then land in one transaction, and a step that fails leaves
 * no trace. Steps of one device must not overlap.
 */
export class KeyStep {
  private readonly changes = new Map<string, Uint8Array | null>();

  constructor(
    private readonly store: Store,
    private readonly bucket: string,
  ) {}

  get(key: string): Uint8Array | undefined {
    const changed = this.changes.get(key);
    return changed === undefined ? this.store.get(this.bucket, key) : (changed ?? undefined);
  }

  put(key: string, bytes: Uint8Array): void {
    this.changes.set(key, bytes);
  }

  delete(key: string): void {
    this.changes.set(key, null);
  }

  /** Call within the transaction that also holds what the step was for. */
  flush(): void {
    for (const [key, bytes] of this.changes) {
      if (bytes === null) this.store.delete(this.bucket, key);
      else this.store.put(this.bucket, key, bytes);
    }
    this.changes.clear();
  }
}
