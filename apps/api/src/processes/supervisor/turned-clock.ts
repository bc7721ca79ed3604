import type { ToChild, ToSupervisor } from '../messages.ts';

/** What follows the clock: the children that are running. */
export interface Follower {
  send(message: ToChild): boolean;
}

/** The supervisor's side of the test clock: one offset for all, kept here so that a child that is started later has it. */
export class TurnedClock {
  offsetMs = 0;
  #turns = 0;
  readonly #waiting = new Map<number, { missing: Set<Follower>; done: () => void }>();

  /** Resolves when each follower has applied it, or has died. */
  async turn(advanceMs: number, followers: Iterable<Follower>): Promise<void> {
    const id = (this.#turns += 1);
    this.offsetMs += advanceMs;
    const message: ToChild = { type: 'clock', id, offsetMs: this.offsetMs };
    const missing = new Set([...followers].filter((follower) => follower.send(message)));
    if (missing.size === 0) return;
    await new Promise<void>((done) => this.#waiting.set(id, { missing, done }));
    this.#waiting.delete(id);
  }

  onMessage(follower: Follower, message: ToSupervisor): void {
    if (message.type === 'clock.applied') this.#settle(message.id, follower);
  }

  onEnded(follower: Follower): void {
    for (const id of this.#waiting.keys()) this.#settle(id, follower);
  }

  #settle(id: number, follower: Follower): void {
    const turn = this.#waiting.get(id);
    turn?.missing.delete(follower);
    if (turn?.missing.size === 0) turn.done();
  }
}
