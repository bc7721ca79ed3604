import type { AnyEvent } from '@trunkline/contracts';
import type { Cancel } from '../../../clock/clock.js';
import { Rounds } from '../../../clock/rounds.js';
import { type Ctx, mayAccess } from '../../auth/ctx.js';
import type { EventReader } from '../events/event.reader.repository.js';
import type { EventFeed } from './event.feed.js';

const BATCH = 200;
/** A consumer that is so many events behind is quicker by loading afresh. */
const TOO_FAR = 10_000;

/** Where a cursor delivers to: one socket. */
export interface Sink {
  ctx(): Ctx;
  /** Resolves when the other side has taken enough of what was sent; false when it is gone. */
  room(): Promise<boolean>;
  /** What the log withholds is filled in for who may see it. */
  fill(event: AnyEvent): Promise<AnyEvent>;
  event(event: AnyEvent): void;
  resync(position: number): void;
}

/**
 * One subscription: a place in the log that only moves forward, each event sent as it is passed, in order. It goes at the
 * pace of its own socket, so that a slow page holds up nobody and nothing is kept for it; left too far behind, or asked
 * for what the log no longer holds, it jumps to the head and says so (`resync`).
 *
 * One socket may hold several, for all accounts and for one: what one of them has brought, the others leave out.
 */
export class EventCursor {
  #stopped = false;
  /** The database may be away: the feed's next step asks again. */
  readonly #rounds = new Rounds(() => this.#step());
  readonly #off: Cancel;
  /** What this one has passed begins after here. */
  #from: number;

  constructor(
    private readonly parts: { feed: EventFeed; reader: EventReader; sink: Sink; beside(): Iterable<EventCursor> },
    private readonly accountId: string | null,
    /** The last position that the page has seen. */
    private position: number,
  ) {
    this.#from = position;
    this.#off = parts.feed.onAdvance(() => this.#rounds.ask());
    this.#rounds.ask();
  }

  stop(): void {
    this.#stopped = true;
    void this.#rounds.stop();
    this.#off();
  }

  /** True when there may be more. */
  async #step(): Promise<boolean> {
    const head = this.parts.feed.position;
    if (this.position === head) return false;
    if (head - this.position > TOO_FAR) return this.#jump(head);
    // The feed may only be late: whether there is such a position, the log alone knows.
    if (this.position > head) return this.#readLog();
    const remembered = this.parts.feed.after(this.position);
    return remembered ? this.#pass(remembered, head) : this.#readLog();
  }

  async #readLog(): Promise<boolean> {
    const { reader, sink } = this.parts;
    const batch = await reader.read(sink.ctx(), { after: this.position, limit: BATCH, accountId: this.accountId });
    return batch.gone ? this.#jump(batch.head) : this.#pass(batch.events, batch.scannedTo);
  }

  async #pass(events: readonly AnyEvent[], scannedTo: number): Promise<boolean> {
    const { sink, feed } = this.parts;
    for (const event of events) {
      if (this.#wants(event)) {
        const filled = await sink.fill(event);
        if (!(await sink.room()) || this.#stopped) return false;
        // Looked at, sent and passed in one step: no other cursor comes between.
        if (!this.#broughtByAnother(event)) sink.event(filled);
      }
      this.position = event.position;
    }
    this.position = Math.max(this.position, scannedTo);
    return this.position < feed.position;
  }

  #broughtByAnother(event: AnyEvent): boolean {
    for (const other of this.parts.beside()) if (other !== this && other.#hasBrought(event)) return true;
    return false;
  }

  #hasBrought(event: AnyEvent): boolean {
    return this.#from < event.position && event.position <= this.position && this.#wants(event);
  }

  #wants(event: AnyEvent): boolean {
    if (this.accountId !== null && event.accountId !== this.accountId) return false;
    return event.accountId === null || mayAccess(this.parts.sink.ctx(), event.accountId);
  }

  #jump(head: number): boolean {
    this.position = this.#from = head;
    this.parts.sink.resync(head);
    return false;
  }
}
