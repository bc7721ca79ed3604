import type { EngineEvent } from '../engines/engine.js';
import type { RecordKind, SessionJournal } from './journal.js';

/**
 * The journal of a session that was put away already and runs once more, to say goodbye: what it writes is for itself
 * alone and gone with it, and no frame waits, since nothing durable depends on it.
 */
export class DetachedJournal implements SessionJournal {
  #closed = false;

  constructor(
    private readonly records: Map<string, Uint8Array>,
    private readonly onEvent: (event: EngineEvent) => void,
  ) {}

  async get(kind: RecordKind, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    for (const id of ids) {
      const value = this.records.get(`${kind} ${id}`);
      if (value) found.set(id, value);
    }
    return found;
  }

  put(kind: RecordKind, id: string, value: Uint8Array | null): void {
    if (value) this.records.set(`${kind} ${id}`, Buffer.from(value));
    else this.records.delete(`${kind} ${id}`);
  }

  emit(event: EngineEvent): void {
    if (!this.#closed) this.onEvent(event);
  }

  pass(release: () => void): void {
    if (!this.#closed) release();
  }

  async settled(): Promise<void> {}

  close(): void {
    this.#closed = true;
  }
}
