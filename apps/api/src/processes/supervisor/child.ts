import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from '../backoff.ts';
import type { ProcessIdentity } from '../identity.ts';
import type { Log } from '../log.ts';
import type { ToChild, ToSupervisor } from '../messages.ts';
import { StartError } from '../start-error.ts';
import type { ChildPlan } from './child-plan.ts';
import { type End, Life } from './life.ts';

export interface ChildEvents {
  spawned: [ProcessIdentity];
  ended: [ProcessIdentity];
  message: [ToSupervisor];
  line: [string, 'stdout' | 'stderr'];
}

/** A child that is kept running: watched, and started again with back-off when it dies. */
export class Child extends EventEmitter<ChildEvents> {
  readonly name: string;
  #life: Life | undefined;
  #wasReady = false;
  #reloading = false;
  readonly #stop = new AbortController();
  readonly #firstReady = Promise.withResolvers<void>();
  readonly #backoff = new Backoff({ firstMs: 250, ceilingMs: 30_000, healthyAfterMs: 60_000 });

  constructor(
    private readonly plan: ChildPlan,
    private readonly log: Log,
  ) {
    super();
    this.name = plan.name;
    this.#firstReady.promise.catch(() => undefined); // Not everyone who starts a child waits for it.
    this.on('message', (message) => this.#onMessage(message));
  }

  /** Resolves when it is ready for the first time; rejects with `StartError` when it never will be. */
  start(): Promise<void> {
    void this.#keepRunning();
    return this.#firstReady.promise;
  }

  /** Politely, then by force; it is not started again. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#firstReady.reject(new Error(`The ${this.name} was stopped before it was ready.`));
    await this.#life?.end(this.plan.stopWithinMs);
  }

  /** Ends this life, and begins the next at once. */
  async reload(): Promise<void> {
    this.#reloading = true;
    await this.#life?.end(this.plan.stopWithinMs);
  }

  send(message: ToChild): boolean {
    return this.#life?.send(message) ?? false;
  }

  get identity(): ProcessIdentity | undefined {
    return this.#life?.identity;
  }

  async #keepRunning(): Promise<void> {
    for (let lives = 1; !this.#stop.signal.aborted; lives += 1) {
      const end = await this.#live();
      if (this.#stop.signal.aborted) return;
      if (this.#isHopeless(lives)) return this.#giveUp(end);
      if (!this.#reloading) await this.#rest(end);
      this.#reloading = false;
    }
  }

  async #live(): Promise<End> {
    const life = new Life(this.plan, {
      spawned: (identity) => this.emit('spawned', identity),
      message: (message) => this.emit('message', message),
      line: (line, stream) => this.emit('line', line, stream),
    });
    this.#life = life;
    if (await life.ready) this.#onReady();
    const end = await life.ended;
    this.#life = undefined;
    if (life.identity) this.emit('ended', life.identity);
    return end;
  }

  #onReady(): void {
    this.#wasReady = true;
    this.#firstReady.resolve();
  }

  #onMessage(message: ToSupervisor): void {
    if (message.type !== 'cannot-start') return;
    this.log.error(`The ${this.name} cannot start: ${message.message}`);
    this.#firstReady.reject(new StartError(message.message));
  }

  #isHopeless(lives: number): boolean {
    return !this.#wasReady && this.plan.attempts !== undefined && lives >= this.plan.attempts;
  }

  #giveUp({ how }: End): void {
    this.#firstReady.reject(new StartError(`The ${this.name} does not start (${how}).`));
  }

  async #rest({ livedMs, how }: End): Promise<void> {
    const waitMs = this.#backoff.next(livedMs);
    this.log.error(`The ${this.name} ended (${how}); starting it again in ${waitMs} ms.`);
    await sleep(waitMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
