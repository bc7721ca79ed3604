import type { Cancel } from '../../../../clock/clock.js';
import type { EngineGroup, EngineSession } from '../../engines/engine.js';
import type { GroupJid } from '../../jid.js';
import type { SupervisorParts } from './parts.js';

/** Changes of one group come in bursts: it is read once, this long after the first. */
const CALM_MS = 300;

/** Members in one part at most; a group is never divided. About 50 ms of one commit. */
const MOST_MEMBERS = 2_000;

/**
 * Reads groups from the network: all of them after each login, one when it changed. Many are written in parts, each in a
 * commit of its own: frames of other accounts wait for the same commits.
 */
export class GroupRefresh {
  readonly #changed = new Set<GroupJid>();
  #cancel: Cancel | undefined;

  constructor(
    private readonly parts: Pick<SupervisorParts, 'clock' | 'log' | 'journal'>,
    private readonly session: () => EngineSession | undefined,
  ) {}

  /** All of them are read, in the background. */
  fetch(): void {
    this.#watched(this.all());
  }

  /** The network sent these by itself. */
  came(groups: readonly EngineGroup[], complete: boolean): void {
    this.#watched(this.#found(groups, complete));
  }

  /** Rejects when the network did not answer; no groups is an answer. */
  async all(): Promise<void> {
    const session = this.session();
    if (!session?.groups) return;
    const groups = await session.groups.list();
    if (this.session() === session) await this.#found(groups, true);
  }

  one(group: GroupJid): void {
    this.#changed.add(group);
    this.#cancel ??= this.parts.clock.setTimeout(() => void this.#read(), CALM_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#changed.clear();
  }

  /** Resolves when all are durable. Rejects when the lease is lost on the way: the next owner reads them again. */
  async #found(groups: readonly EngineGroup[], complete: boolean): Promise<void> {
    const parts = divide(groups);
    for (const [place, part] of parts.entries()) {
      const last = complete && place === parts.length - 1;
      this.parts.journal.write('groups', { groups: part, ...(last ? { all: groups.map(({ group }) => group) } : {}) });
      await this.parts.journal.settled();
    }
  }

  #watched(work: Promise<void>): void {
    void work.catch((error) => this.parts.log.warn({ error }, 'groups could not be read'));
  }

  async #read(): Promise<void> {
    this.#cancel = undefined;
    const session = this.session();
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const group of changed) {
      try {
        const read = await session?.groups?.read(group);
        if (read && this.session() === session) await this.#found([read], false);
      } catch (error) {
        // The next login reads all groups again.
        this.parts.log.warn({ error }, 'a group that changed could not be read');
      }
    }
  }
}

/** One part at least: that there are no groups is news, too. */
function divide(groups: readonly EngineGroup[]): EngineGroup[][] {
  const parts: EngineGroup[][] = [[]];
  let members = 0;
  for (const group of groups) {
    if (members > 0 && members + group.participants.length > MOST_MEMBERS) {
      parts.push([]);
      members = 0;
    }
    parts.at(-1)!.push(group);
    members += group.participants.length;
  }
  return parts;
}
