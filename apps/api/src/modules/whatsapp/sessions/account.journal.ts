import type { Network } from '@trunkline/contracts';
import type { Lease } from '../../cluster/lease.repository.js';
import type { EngineEvent } from '../engines/engine.js';
import { ChangeQueue, changeKey, type Cut } from './change.set.js';
import type { Entry, TypeAndData } from './entry.js';
import { isMendable, type Mended } from './broken.record.js';
import type { RecordKind, SessionJournal } from './journal.js';
import type { RecordCache } from './record.cache.js';
import type { RecordReader } from './record.reader.js';
import type { RecordKey } from './record.repository.js';
import { SessionView } from './session.view.js';
import { SealBrokenError, type Vault } from './vault.js';

/** The lease is gone: nothing of the account may be written or sent from here any more. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
  override message = 'the account is run by another worker now';
}

export interface JournalParts {
  vault: Vault;
  cache: RecordCache;
  reader: RecordReader;
  /** What takes the place of a record that does not open. */
  mend(key: RecordKey, sealed: Buffer): Promise<Mended>;
  /** Something was written or waits. */
  dirty(journal: AccountJournal): void;
  /** The lease holds, by our own clock: asked before each frame. */
  valid(): boolean;
}

/**
 * Everything that one owned account writes: records of its session, and entries that belong with them. In memory it is
 * visible at once; the committer makes it durable in order, and then lets go who waits.
 */
export class AccountJournal {
  readonly changes = new ChangeQueue();
  #closed = false;
  /** Grows when the session is cut, so that a read under way does not bring back what was there before. */
  #session = 0;

  constructor(
    readonly lease: Lease,
    readonly network: Network,
    private readonly parts: JournalParts,
  ) {}

  get closed(): boolean {
    return this.#closed;
  }

  /** The journal of one live session; events go to the account. */
  open(onEvent: (event: EngineEvent) => void): SessionView {
    return new SessionView(this, onEvent);
  }

  /** Something to be written with what was put so far. */
  write(...[type, data]: TypeAndData): void {
    if (this.#closed) return;
    const entry = { type, accountId: this.lease.accountId, network: this.network, data } as Entry;
    this.changes.open.entries.push(entry);
    this.parts.dirty(this);
  }

  put(kind: RecordKind, id: string, value: Uint8Array | null): void {
    if (this.#closed) return;
    const copy = value && Buffer.from(value);
    const key = changeKey(kind, id);
    this.changes.open.records.set(key, { kind, id, value: copy });
    this.parts.cache.set(this.lease.accountId, kind, key, copy);
    this.parts.dirty(this);
  }

  /** Puts a copy of the session aside, or the session itself; after what was written so far, before what follows. */
  cut(cut: Cut): void {
    if (this.#closed) return;
    this.changes.open.cut = cut;
    if (!cut.keep) {
      this.#session += 1;
      this.parts.cache.forget(this.lease.accountId);
    }
    this.parts.dirty(this);
  }

  /**
   * Rejects with the database's error, `LeaseLostError`, or (credentials alone) `SealBrokenError`. Another record that does not
   * open is put aside, and what takes its place is answered.
   */
  async get(kind: RecordKind, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    const missing: string[] = [];
    for (const id of ids) {
      const value = this.#known(kind, id);
      if (value === undefined) missing.push(id);
      else if (value) found.set(id, value);
    }
    if (missing.length > 0) await this.#read(kind, missing, found);
    return found;
  }

  /** Calls back when everything written so far is durable; never once the lease is lost. */
  pass(release: () => void): void {
    if (this.#closed) return;
    this.changes.wait(() => {
      if (this.parts.valid() && !this.#closed) release();
    });
    this.parts.dirty(this);
  }

  settled(): Promise<void> {
    if (this.#closed) return Promise.reject(new LeaseLostError());
    return new Promise((resolve, reject) => {
      this.changes.wait(resolve, reject);
      this.parts.dirty(this);
    });
  }

  /** The account is not ours any more (conceded or released): what is not durable is given up. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.changes.drop(new LeaseLostError());
    this.parts.cache.forget(this.lease.accountId);
  }

  /** Undefined: only the database knows. */
  #known(kind: RecordKind, id: string): Uint8Array | null | undefined {
    const key = changeKey(kind, id);
    const change = this.changes.find(key);
    if (change === 'fresh') return null;
    return change ? change.value : this.parts.cache.get(this.lease.accountId, key);
  }

  async #read(kind: RecordKind, ids: readonly string[], found: Map<string, Uint8Array>): Promise<void> {
    const { accountId } = this.lease;
    const session = this.#session;
    const records = await this.parts.reader.read(ids.map((id) => ({ accountId, kind, id })));
    if (this.#closed) throw new LeaseLostError();
    const sealed = new Map(session === this.#session ? records.map((record) => [record.id, record.sealed]) : []);
    const broken: string[] = [];
    for (const id of ids) {
      const value = this.#known(kind, id) ?? this.#openable(kind, id, sealed.get(id));
      if (value === 'broken') broken.push(id);
      else if (value) found.set(id, value);
    }
    for (const id of broken) {
      const value = await this.#mend(kind, id, sealed.get(id)!);
      if (value) found.set(id, value);
    }
  }

  #openable(kind: RecordKind, id: string, sealed: Buffer | undefined): Uint8Array | null | 'broken' {
    try {
      return this.#open(kind, id, sealed);
    } catch (error) {
      if (error instanceof SealBrokenError && isMendable(kind)) return 'broken';
      throw error;
    }
  }

  /** Durable before anything that follows from it leaves: the next frame waits for this, as for every write. */
  async #mend(kind: RecordKind, id: string, sealed: Buffer): Promise<Uint8Array | null> {
    const session = this.#session;
    const { value, ...broken } = await this.parts.mend({ accountId: this.lease.accountId, kind, id }, sealed);
    if (this.#closed) throw new LeaseLostError();
    // Written, or mended by another read, meanwhile; or the session is another.
    const known = this.#known(kind, id);
    if (known !== undefined || session !== this.#session) return known ?? null;
    this.put(kind, id, value);
    this.write('record.broken', broken);
    return value;
  }

  /** Remembers what was read, unless it was written meanwhile. */
  #open(kind: RecordKind, id: string, sealed: Buffer | undefined): Uint8Array | null {
    if (this.#known(kind, id) === null) return null;
    const { accountId } = this.lease;
    const value = sealed ? this.parts.vault.open({ accountId, kind, id }, sealed) : null;
    this.parts.cache.set(accountId, kind, changeKey(kind, id), value);
    return value;
  }
}

export type { SessionJournal };
