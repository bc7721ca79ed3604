import type { Cancel } from '../../../../clock/clock.js';
import type { EngineGroup, EngineSession } from '../../engines/engine.js';
import type { GroupJid } from '../../jid.js';
import type { SupervisorParts } from './parts.js';

/** Changes of one group come in bursts: it is read once, this long after the first. */
const CALM_MS = 300;

/** Members in one part at most; a group is never divided. About 50 ms of one commit. */
const MOST_MEMBERS = 2_000;

/**
 * Where the network did not answer, all groups are asked for again so much later, with up to half of it taken off; and after
 * these at the next login.
 */
const AGAIN_MS = [10_000, 60_000, 300_000];

/**
 * Reads groups from the network: all of them after each login, one when it changed. Many are written in parts, each in a
 * commit of its own: frames of other accounts wait for the same commits.
 */
export class GroupRefresh {
  readonly #changed = new Set<GroupJid>();
  #cancel: Cancel | undefined;
  #again: Cancel | undefined;
  /** Lists that are being read or written. What one of them says of a group is older than a change that came meanwhile. */
  #listing: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: Pick<SupervisorParts, 'clock' | 'log' | 'journal' | 'random'>,
    private readonly session: () => EngineSession | undefined,
  ) {}

  /** All of them are read, in the background. */
  fetch(): void {
    this.#ask(0);
  }

  /** The network sent these by itself. */
  came(groups: readonly EngineGroup[], complete: boolean): void {
    this.#list(this.#found(groups, complete).catch((error) => this.#unread(error)));
  }

  one(group: GroupJid): void {
    this.#changed.add(group);
    this.#cancel ??= this.parts.clock.setTimeout(() => void this.#readChanged(), CALM_MS);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#again?.();
    this.#again = undefined;
    this.#changed.clear();
  }

  #ask(failures: number): void {
    this.#again?.();
    this.#again = undefined;
    const session = this.session();
    this.#list(
      this.#all(session).catch((error) => {
        this.#unread(error);
        this.#later(session, failures);
      }),
    );
  }

  #later(session: EngineSession | undefined, failures: number): void {
    const longest = AGAIN_MS[failures];
    if (longest === undefined || session !== this.session()) return;
    const wait = longest * (1 - (this.parts.random ?? Math.random)() / 2);
    this.#again ??= this.parts.clock.setTimeout(() => {
      if (session === this.session()) this.#ask(failures + 1);
    }, wait);
  }

  #list(work: Promise<void>): void {
    this.#listing = Promise.all([this.#listing, work]).then(() => undefined);
  }

  /** Rejects when the network did not answer; no groups is an answer. */
  async #all(session: EngineSession | undefined): Promise<void> {
    if (!session?.groups) return;
    const groups = await session.groups.list();
    if (this.session() === session) await this.#found(groups, true);
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

  async #readChanged(): Promise<void> {
    this.#cancel = undefined;
    await this.#listing;
    const session = this.session();
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const group of changed) {
      try {
        const read = await session?.groups?.read(group);
        if (read && this.session() === session) await this.#found([read], false);
      } catch (error) {
        this.#unread(error);
        this.#later(session, 0);
      }
    }
  }

  #unread(error: unknown): void {
    this.parts.log.warn({ error }, 'groups could not be read');
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
