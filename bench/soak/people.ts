import { randomUUID } from 'node:crypto';
import type { Trunkline } from '../support/trunkline.ts';
import { pause, waitFor } from '../support/wait.ts';
import { type Actor, controlOf } from './cast.ts';

/** What a person wrote to an account, as far as the sandbox answered. */
export interface Written {
  accountId: string;
  /** The id that the person's phone gave it. */
  id: string;
}

/** The people write to their accounts until they are stopped. */
export class People {
  readonly written: Written[] = [];
  private running = true;
  private readonly loops: Promise<void>[];

  constructor(
    private readonly ours: Trunkline,
    private readonly actors: Actor[],
    private readonly everyMs: number,
  ) {
    this.loops = actors.map((actor) => this.loop(actor));
  }

  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.loops);
  }

  /** Phones that come back to the network send again what it never acked, as after a fault that took their messages. */
  async comeBack(): Promise<void> {
    const control = controlOf(this.ours);
    for (const { person } of this.actors) {
      for (const online of [false, true])
        await waitFor('a phone to go and come back', () => control.changePerson(person, { online }), { everyMs: 200 });
    }
  }

  private async loop({ accountId, person, number }: Actor): Promise<void> {
    while (this.running) {
      try {
        const { id } = await controlOf(this.ours).write(person, { to: number, text: `in ${randomUUID()}` });
        this.written.push({ accountId, id });
      } catch {
        // The way to the sandbox died under the call: written or not, nobody knows, and it does not count.
      }
      await pause(this.everyMs * (0.5 + Math.random()));
    }
  }
}
