import type { AnyEvent } from '@trunkline/contracts';
import type { Cancel, Clock } from '../../../clock/clock.js';
import { Rounds } from '../../../clock/rounds.js';
import { systemCtx } from '../../auth/ctx.js';
import type { Listener } from '../../cluster/listener.repository.js';
import type { EventReader } from '../events/event.reader.repository.js';

const BATCH = 500;
/** Events kept in memory: what consumers who are nearly up to date are served from. */
const KEPT = 2_000;
/** A wake-up can be lost. */
const POLL_MS = 1_000;

/**
 * What the log has of late, read once for all consumers of this process. `position` is the last event that is in here;
 * a consumer that is further back than the memory reads the log by itself.
 */
export class EventFeed {
  #recent: AnyEvent[] = [];
  #position = 0;
  /** The events after this one are in memory, all of them. */
  #since = 0;
  /** The database may be away: the next poll reads on from the same place. */
  readonly #rounds = new Rounds(() => this.#read());
  #poll: Cancel | undefined;
  #off: Cancel | undefined;
  readonly #consumers = new Set<() => void>();

  constructor(
    private readonly reader: EventReader,
    private readonly listener: Listener,
    private readonly clock: Clock,
  ) {}

  async start(): Promise<void> {
    this.#position = this.#since = await this.reader.head();
    this.#off = this.listener.on('events', (position) => this.#told(Number(position)));
    this.#pollLater();
  }

  async stop(): Promise<void> {
    this.#off?.();
    this.#poll?.();
    this.#poll = undefined;
    await this.#rounds.stop();
  }

  get position(): number {
    return this.#position;
  }

  /** The events after this position, in order; undefined when the memory does not reach back so far. */
  after(position: number): AnyEvent[] | undefined {
    if (position < this.#since) return undefined;
    return this.#recent.slice(firstAfter(this.#recent, position));
  }

  /** Called whenever `position` has moved. */
  onAdvance(consumer: () => void): Cancel {
    this.#consumers.add(consumer);
    return () => void this.#consumers.delete(consumer);
  }

  #pollLater(): void {
    this.#poll = this.clock.setTimeout(() => {
      this.#rounds.ask();
      this.#pollLater();
    }, POLL_MS);
  }

  /** Where nobody listens it is enough to know how far the log has come: with many messages under way that is most of the work. */
  #told(position: number): void {
    if (this.#consumers.size > 0 || !(position > this.#position)) this.#rounds.ask();
    else this.#forget(position);
  }

  async #read(): Promise<boolean> {
    const batch = await this.reader.read(systemCtx('gateway'), { after: this.#position, limit: BATCH });
    if (batch.gone) this.#forget(batch.head);
    else this.#remember(batch.events, batch.scannedTo);
    for (const consumer of [...this.#consumers]) consumer();
    return !batch.gone && batch.events.length === BATCH;
  }

  #remember(events: AnyEvent[], scannedTo: number): void {
    this.#recent.push(...events);
    this.#position = scannedTo;
    if (this.#recent.length <= KEPT) return;
    const dropped = this.#recent.splice(0, this.#recent.length - KEPT);
    this.#since = dropped.at(-1)!.position;
  }

  /** What is in memory is of another history (the log was cut, or restored from a copy), or nobody wants it. */
  #forget(head: number): void {
    this.#recent = [];
    this.#position = this.#since = head;
  }
}

/** By halving: positions grow. */
function firstAfter(events: readonly AnyEvent[], position: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.position > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
