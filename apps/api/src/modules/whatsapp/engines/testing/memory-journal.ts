/**
 * A journal without a database, for specs of engines: it keeps the promises of `SessionJournal` (writes are visible at
 * once, durable in order, frames wait for what was written before them), and it can be stopped and crashed.
 *
 * A commit runs once the current turn of the event loop is over, unless `holdCommits` or `holdFrames` was called.
 */
import type { RecordKind, SessionJournal } from '../../sessions/journal.js';
import type { EngineEvent } from '../engine.js';

export type Durable = Map<string, Uint8Array>;
type Entry =
  { put: string; value: Uint8Array | null } | { event: EngineEvent } | { release: () => void } | { settle: () => void };
type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

const keyOf = (kind: RecordKind, id: string): string => `${kind}/${id}`;

export class MemoryJournal implements SessionJournal {
  /** What a crash would leave. */
  readonly durable: Durable;
  /** Durable events, in order. */
  readonly events: EngineEvent[] = [];
  private readonly visible: Map<string, Uint8Array>;
  private readonly listeners = new Set<() => void>();
  private queue: Entry[] = [];
  private waitingFrames: (() => void)[] = [];
  private scheduled = false;
  private commitsHeld = false;
  private framesHeld = false;
  private dead = false;

  constructor(durable: Durable = new Map()) {
    this.durable = durable;
    this.visible = new Map(durable);
  }

  async get(kind: RecordKind, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    for (const id of ids) {
      const value = this.visible.get(keyOf(kind, id));
      if (value) found.set(id, Uint8Array.from(value));
    }
    return found;
  }

  put(kind: RecordKind, id: string, value: Uint8Array | null): void {
    const copy = value && Uint8Array.from(value);
    if (copy) this.visible.set(keyOf(kind, id), copy);
    else this.visible.delete(keyOf(kind, id));
    this.enqueue({ put: keyOf(kind, id), value: copy });
  }

  emit(event: EngineEvent): void {
    this.enqueue({ event });
  }

  pass(release: () => void): void {
    this.enqueue({ release });
  }

  settled(): Promise<void> {
    return new Promise((settle) => this.enqueue({ settle }));
  }

  /** A commit at this very moment: with what has been written, and without what has not. */
  commitNow(): void {
    this.commit();
  }

  /** Commits are held. */
  get held(): boolean {
    return this.commitsHeld;
  }

  /** Nothing becomes durable and no frame leaves. */
  holdCommits(): void {
    this.commitsHeld = true;
  }

  /** What is written becomes durable; the frames that wait for it stay. */
  holdFrames(): void {
    this.framesHeld = true;
  }

  resume(): void {
    [this.commitsHeld, this.framesHeld] = [false, false];
    for (const release of this.waitingFrames.splice(0)) release();
    this.schedule();
  }

  /** The process is gone: what was not durable is lost. The journal of the process that comes after it. */
  crash(): MemoryJournal {
    this.dead = true;
    return new MemoryJournal(new Map(this.durable));
  }

  /** Ids of the durable records of a kind. */
  ids(kind: RecordKind): string[] {
    const prefix = keyOf(kind, '');
    return [...this.durable.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  eventsOf<T extends EngineEvent['type']>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Resolves with the `n`th durable event of a type (1 is the first); rejects after `timeoutMs`. */
  event<T extends EngineEvent['type']>(type: T, n = 1, timeoutMs = 15_000): Promise<EventOf<T>> {
    return this.until(() => this.eventsOf(type)[n - 1], `event ${n} of type ${type}`, timeoutMs);
  }

  /** Resolves once `look` finds something, asked after each commit. */
  until<T>(look: () => T | undefined, what: string, timeoutMs = 15_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look();
        if (found !== undefined) finish(() => resolve(found));
      };
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        this.listeners.delete(check);
        settle();
      };
      const seen = (): string => this.events.map(describe).join(', ');
      const timer = setTimeout(() => finish(() => reject(new Error(`no ${what}; seen: ${seen()}`))), timeoutMs);
      this.listeners.add(check);
      check();
    });
  }

  private enqueue(entry: Entry): void {
    if (this.dead) return;
    this.queue.push(entry);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || this.commitsHeld) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (!this.dead && !this.commitsHeld) this.commit();
    });
  }

  private commit(): void {
    const entries = this.queue;
    this.queue = [];
    for (const entry of entries) this.keep(entry);
    for (const entry of entries) this.free(entry);
    for (const listener of [...this.listeners]) listener();
  }

  private keep(entry: Entry): void {
    if ('event' in entry) this.events.push(entry.event);
    if (!('put' in entry)) return;
    if (entry.value) this.durable.set(entry.put, entry.value);
    else this.durable.delete(entry.put);
  }

  private free(entry: Entry): void {
    if ('settle' in entry) entry.settle();
    if (!('release' in entry)) return;
    if (this.framesHeld) this.waitingFrames.push(entry.release);
    else entry.release();
  }
}

const describe = (event: EngineEvent): string =>
  event.type === 'closed' ? `closed (${event.reason}: ${event.detail})` : event.type;
