import type { Cancel } from '../../../../clock/clock.js';
import type { EngineGroup, EngineSession } from '../../engines/engine.js';
import type { GroupJid } from '../../jid.js';
import type { SupervisorParts } from './parts.js';

/** Changes of one group come in bursts: it is read once, this long after the first. */
const CALM_MS = 300;

/** Reads groups from the network: all of them after each login, one when it changed. */
export class GroupRefresh {
  readonly #changed = new Set<GroupJid>();
  #cancel: Cancel | undefined;

  constructor(
    private readonly parts: Pick<SupervisorParts, 'clock' | 'log'>,
    private readonly session: () => EngineSession | undefined,
    private readonly found: (groups: EngineGroup[], complete: boolean) => void,
  ) {}

  /** Rejects when the network did not answer; no groups is an answer. */
  async all(): Promise<void> {
    const session = this.session();
    if (!session?.groups) return;
    const groups = await session.groups.list();
    if (this.session() === session) this.found(groups, true);
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

  async #read(): Promise<void> {
    this.#cancel = undefined;
    const session = this.session();
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const group of changed) {
      try {
        const read = await session?.groups?.read(group);
        if (read && this.session() === session) this.found([read], false);
      } catch (error) {
        // The next login reads all groups again.
        this.parts.log.warn({ error }, 'a group that changed could not be read');
      }
    }
  }
}
