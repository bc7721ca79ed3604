import { v7 as uuid } from 'uuid';
import type { Cancel, Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Listener } from '../listener.repository.js';
import type { Notifier } from '../notifier.repository.js';
import type { Answer, CommandAnswers, CommandInputs, Verb } from './command.js';
import { answerCommand, answersOf, insertCommand } from './command.repository.js';

const POLL_MS = 500;
const GIVEN_UP: Answer = { ok: false, code: 'timed_out', message: 'The account did not answer in time. Try again.' };

/**
 * Asks an account for something, from any node: a row with a deadline that the owner of the account's lease, whoever that
 * is by then, runs and answers (docs/decisions/commands.md). Works across a takeover, since the row belongs to the account.
 */
export class Commands {
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  readonly #off: Cancel;
  #polling: Cancel | undefined;

  constructor(
    private readonly store: Store,
    private readonly notifier: Notifier,
    listener: Listener,
    private readonly clock: Clock,
  ) {
    this.#off = listener.on('answers', (id) => void this.#look(id === undefined ? this.#ids() : [id]));
  }

  /** Resolves with the answer; throws `ProblemError` as the owner said, or `timed_out`, after which it is not run any more. */
  async ask<V extends Verb>(
    accountId: string,
    verb: V,
    input: CommandInputs[V],
    timeoutMs = 20_000,
  ): Promise<CommandAnswers[V]> {
    const id = uuid();
    const now = this.clock.now();
    const answer = this.#wait(id);
    const giveUp = this.clock.setTimeout(() => void this.#giveUp(id), timeoutMs);
    try {
      const deadline = new Date(now.getTime() + timeoutMs);
      await insertCommand(this.store.pool, { id, accountId, verb, input }, now, deadline);
      this.notifier.wake('commands', accountId);
      return unwrap(await answer) as CommandAnswers[V];
    } finally {
      this.#waiting.delete(id);
      giveUp();
    }
  }

  stop(): void {
    this.#off();
    this.#polling?.();
    for (const give of this.#waiting.values())
      give({ ok: false, code: 'unavailable', message: 'The server is stopping.' });
  }

  #wait(id: string): Promise<Answer> {
    this.#polling ??= this.#pollLater();
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  #pollLater(): Cancel {
    return this.clock.setTimeout(async () => {
      await this.#look(this.#ids());
      this.#polling = this.#waiting.size > 0 ? this.#pollLater() : undefined;
    }, POLL_MS);
  }

  /** Says so in the row too, so that an owner who comes late leaves it; an answer that was given meanwhile wins. */
  async #giveUp(id: string): Promise<void> {
    // Where the database is away the row's own deadline says it.
    await answerCommand(this.store.pool, id, GIVEN_UP, this.clock.now()).catch(() => undefined);
    await this.#look([id]);
    this.#waiting.get(id)?.(GIVEN_UP);
  }

  async #look(ids: string[]): Promise<void> {
    const mine = ids.filter((id) => this.#waiting.has(id));
    if (mine.length === 0) return;
    const answers = await answersOf(this.store.pool, mine).catch(() => new Map<string, Answer>()); // The next poll asks again.
    for (const [id, answer] of answers) this.#waiting.get(id)?.(answer);
  }

  #ids(): string[] {
    return [...this.#waiting.keys()];
  }
}

function unwrap(answer: Answer): object {
  if (answer.ok) return answer;
  throw new ProblemError(answer.code, answer.message);
}
