import type { RecordKind } from './journal.js';

/** Read once or never again: not worth memory (an account has some 800 prekeys). */
const NOT_KEPT: ReadonlySet<RecordKind> = new Set(['pre-key', 'plaintext', 'sent', 'app-state-sync-version']);
/** What an entry costs besides its bytes, about. */
const OVERHEAD = 200;

/**
 * Records in memory, of all accounts of a worker, the least lately used leaving first. Right without asking, since the
 * owner of an account's lease is the only writer. Absence is kept too (null).
 */
export class RecordCache {
  readonly #values = new Map<string, Uint8Array | null>();
  #bytes = 0;

  constructor(private readonly mostBytes = 64 * 1024 * 1024) {}

  /** Undefined: not known here. */
  get(accountId: string, key: string): Uint8Array | null | undefined {
    const name = `${accountId} ${key}`;
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    this.#values.delete(name);
    this.#values.set(name, value);
    return value;
  }

  set(accountId: string, kind: RecordKind, key: string, value: Uint8Array | null): void {
    if (NOT_KEPT.has(kind)) return;
    const name = `${accountId} ${key}`;
    this.#remove(name);
    this.#values.set(name, value);
    this.#bytes += cost(name, value);
    for (const oldest of this.#values.keys()) {
      if (this.#bytes <= this.mostBytes) break;
      this.#remove(oldest);
    }
  }

  forget(accountId: string): void {
    for (const name of [...this.#values.keys()]) if (name.startsWith(`${accountId} `)) this.#remove(name);
  }

  get bytes(): number {
    return this.#bytes;
  }

  #remove(name: string): void {
    const value = this.#values.get(name);
    if (value === undefined) return;
    this.#values.delete(name);
    this.#bytes -= cost(name, value);
  }
}

const cost = (name: string, value: Uint8Array | null): number => name.length + OVERHEAD + (value?.byteLength ?? 0);
