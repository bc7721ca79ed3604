import type { EngineEvent } from '../engines/engine.js';
import type { AccountJournal } from './account.journal.js';
import type { RecordKind, SessionJournal } from './journal.js';

/**
 * The journal as one live session sees it. Sessions of one account follow each other, and a dying one may still write:
 * `mute` takes its pen away and lets its frames pass (an unlinking device says goodbye while its keys are archived
 * already); `close` ends that too.
 */
export class SessionView implements SessionJournal {
  #state: 'live' | 'mute' | 'closed' = 'live';
  /** What a muted session put, for itself alone. */
  readonly #own = new Map<string, Uint8Array | null>();

  constructor(
    private readonly journal: AccountJournal,
    private readonly onEvent: (event: EngineEvent) => void,
  ) {}

  async get(kind: RecordKind, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
    const found = this.#state === 'live' ? await this.journal.get(kind, ids) : new Map<string, Uint8Array>();
    for (const id of ids) {
      const own = this.#own.get(`${kind} ${id}`);
      if (own) found.set(id, own);
    }
    return found;
  }

  put(kind: RecordKind, id: string, value: Uint8Array | null): void {
    if (this.#state === 'live') this.journal.put(kind, id, value);
    else this.#own.set(`${kind} ${id}`, value);
  }

  emit(event: EngineEvent): void {
    if (this.#state === 'live') this.onEvent(event);
  }

  pass(release: () => void): void {
    if (this.#state !== 'closed') this.journal.pass(() => this.#release(release));
  }

  settled(): Promise<void> {
    return this.journal.settled();
  }

  mute(): void {
    if (this.#state === 'live') this.#state = 'mute';
  }

  close(): void {
    this.#state = 'closed';
  }

  #release(release: () => void): void {
    if (this.#state !== 'closed') release();
  }
}
