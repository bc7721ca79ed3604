import { randomUUID } from 'node:crypto';
import { ApiError } from '../../e2e/support/api.ts';
import type { Trunkline } from '../support/trunkline.ts';
import { pause } from '../support/wait.ts';
import type { Actor } from './cast.ts';

export interface Accepted {
  accountId: string;
  person: string;
  messageId: string;
  waId: string;
  text: string;
}

/**
 * Sends one message, and asks again with the same idempotency key until there is an answer, as a program should. An answer
 * that says no is an error of the soak.
 */
export async function send(ours: Trunkline, { accountId, person }: Actor): Promise<Accepted> {
  const [key, text] = [randomUUID(), `out ${randomUUID()}`];
  const end = performance.now() + 120_000;
  for (;;) {
    try {
      const { id, waId } = await ours.api.send({ accountId, to: `+${person}`, text }, key);
      return { accountId, person, messageId: id, waId, text };
    } catch (error) {
      const refused = error instanceof ApiError && error.status < 500 && error.status !== 429;
      if (refused || performance.now() > end) throw error;
      await pause(100);
    }
  }
}

/** Each account sends to its person until stopped; keeps what was accepted. */
export class Traffic {
  readonly accepted: Accepted[] = [];
  private running = true;
  private readonly loops: Promise<void>[];

  constructor(
    private readonly ours: Trunkline,
    actors: Actor[],
    private readonly everyMs: number,
  ) {
    this.loops = actors.map((actor) => this.loop(actor));
  }

  async send(actor: Actor): Promise<Accepted> {
    const accepted = await send(this.ours, actor);
    this.accepted.push(accepted);
    return accepted;
  }

  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.loops);
  }

  private async loop(actor: Actor): Promise<void> {
    while (this.running) {
      await this.send(actor);
      await pause(this.everyMs * (0.5 + Math.random()));
    }
  }
}
