/**
 * Chats of one account of which nothing is read for a while: held by the governor, or shown typing before their next
 * message. The others go on meanwhile.
 */
import type { Cancel } from '../../../../clock/clock.js';
import type { OutboxStart } from './outbox.start.js';
import type { Claimed } from './outbox.repository.js';
import { LONG_MS } from './told.wait.js';

/** Chats that are held for less and stand in nobody's way meanwhile, at most. */
const MOST = 1_000;

export interface AsideParts {
  wake(): void;
  /** The lease was lost. */
  lost(): void;
}

export class ChatsAside {
  /** Until when, in milliseconds since 1970. */
  readonly #held = new Map<string, number>();
  readonly #typing = new Map<string, { waId: string; cancel: Cancel }>();

  constructor(
    private readonly start: Pick<OutboxStart, 'clock' | 'change' | 'durable' | 'session' | 'governor'>,
    private readonly parts: AsideParts,
  ) {}

  /** How many are shown typing. */
  get typing(): number {
    return this.#typing.size;
  }

  get chats(): string[] {
    const now = this.#now();
    for (const [chatId, until] of this.#held) if (until <= now) this.#held.delete(chatId);
    return [...this.#held.keys(), ...this.#typing.keys()];
  }

  /** What is being typed has not left: it takes its place when the next connection types it. */
  stop(): void {
    for (const { waId, cancel } of this.#typing.values()) {
      cancel();
      this.start.governor.returned(waId);
    }
    this.#typing.clear();
  }

  /** For long, its rows leave the way of the others; for a moment, the next reading leaves its chat out. */
  hold({ chatId, lane }: Claimed, until: Date): void {
    if (this.#held.size < MOST) this.#held.set(chatId, until.getTime());
    if (until.getTime() - this.#now() < LONG_MS) return;
    this.start.change({ type: 'hold', chatId, lane, until });
    void this.start.durable().then(
      () => {
        this.#held.delete(chatId);
        this.parts.wake();
      },
      () => this.parts.lost(),
    );
  }

  /**
   * The row says nothing of it: whoever runs the account after a crash types anew, and sends once. The chat waits until
   * `typed` is called.
   */
  type({ chatId, message }: Claimed, ms: number, then: () => void): void {
    // Of this moment only: the message goes whether or not anybody saw it.
    void this.start.session.presence?.show(message.to, 'typing').catch(() => undefined);
    this.#typing.set(chatId, { waId: message.waId, cancel: this.start.clock.setTimeout(then, ms) });
  }

  /** Its chat goes on. False: the connection has ended, and its place was given back. */
  typed({ chatId }: Claimed): boolean {
    return this.#typing.delete(chatId);
  }

  #now(): number {
    return this.start.clock.now().getTime();
  }
}
