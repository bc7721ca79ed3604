import type { Command, CommandAnswer } from './commands/command.js';
import { openCommands } from './commands/command.repository.js';
import type { Owned, OwnedAccounts } from './owned.accounts.js';
import type { WorkerParts } from './worker.parts.js';

/** Runs what was asked of the accounts of this worker, each command once at a time. */
export class CommandRuns {
  #stopped = false;

  constructor(
    private readonly worker: Pick<WorkerParts, 'store' | 'clock' | 'notifier' | 'log'>,
    private readonly owned: OwnedAccounts,
  ) {}

  /** Begins what is open; resolves when all has begun. */
  async run(): Promise<void> {
    const { store, clock, log } = this.worker;
    const { ids } = this.owned;
    if (ids.length === 0) return;
    try {
      for (const command of await openCommands(store.pool, ids, clock.now())) this.#begin(command);
    } catch (error) {
      log.warn({ error }, 'commands could not be read');
    }
  }

  /** None is begun any more; those under way end with their accounts. */
  stop(): void {
    this.#stopped = true;
  }

  /** A command whose owner loses the lease stays open: the next owner runs it. */
  #begin(command: Command): void {
    const owned = this.owned.get(command.accountId);
    if (this.#stopped || !owned || owned.running.has(command.id)) return;
    owned.running.add(command.id);
    this.#run(owned, command)
      .catch((error) => this.worker.log.warn({ error, verb: command.verb }, 'a command was not answered'))
      .finally(() => owned.running.delete(command.id));
  }

  async #run(owned: Owned, command: Command): Promise<void> {
    const answer = await owned.supervisor.run(command);
    await this.#answer(owned, { id: command.id, answer });
    this.worker.notifier.wake('answers', command.id);
  }

  /** Durable with what the command changed, or neither. Rejects when the lease is lost: who does not own it answers nothing. */
  #answer({ journal }: Owned, answer: CommandAnswer): Promise<void> {
    journal.write('answer', answer);
    return journal.settled();
  }
}
