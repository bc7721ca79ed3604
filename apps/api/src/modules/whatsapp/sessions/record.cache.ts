import type { RecordKind } from './journal.js';

/** Read once or never again: not worth memory (an account has some 800 prekeys). */
const NOT_KEPT: ReadonlySet<RecordKind> = new Set(['pre-key', 'plaintext', 'sent', 'poll', 'app-state-sync-version']);
/** What an entry costs besides its bytes, about. */
const OVERHEAD = 250;

interface Kept {
  accountId: string;
  key: string;
  value: Uint8Array | null;
}

/**
 * Records in memory, of all accounts of a worker, the least lately used leaving first. Right without asking, since the
 * owner of an account's lease is the only writer. Absence is kept too (null).
 */
export class RecordCache {
  /** A set keeps the order of insertion: what is used is put at its end. */
  readonly #order = new Set<Kept>();
  readonly #accounts = new Map<string, Map<string, Kept>>();
  #bytes = 0;

  constructor(private readonly mostBytes = 64 * 1024 * 1024) {}

  /** Undefined: not known here. */
  get(accountId: string, key: string): Uint8Array | null | undefined {
    const kept = this.#accounts.get(accountId)?.get(key);
    if (!kept) return undefined;
    this.#order.delete(kept);
    this.#order.add(kept);
    return kept.value;
  }

  set(accountId: string, kind: RecordKind, key: string, value: Uint8Array | null): void {
    if (NOT_KEPT.has(kind)) return;
    const account = this.#accounts.get(accountId) ?? new Map<string, Kept>();
    this.#accounts.set(accountId, account);
    this.#remove(account.get(key));
    const kept = { accountId, key, value };
    account.set(key, kept);
    this.#order.add(kept);
    this.#bytes += cost(kept);
    for (const oldest of this.#order) {
      if (this.#bytes <= this.mostBytes) break;
      this.#remove(oldest);
    }
  }

  forget(accountId: string): void {
    for (const kept of [...(this.#accounts.get(accountId)?.values() ?? [])]) this.#remove(kept);
    this.#accounts.delete(accountId);
  }

  get bytes(): number {
    return this.#bytes;
  }

  #remove(kept: Kept | undefined): void {
    if (!kept) return;
    this.#order.delete(kept);
    this.#accounts.get(kept.accountId)?.delete(kept.key);
    this.#bytes -= cost(kept);
  }
}

const cost = ({ key, value }: Kept): number => key.length + OVERHEAD + (value?.byteLength ?? 0);
