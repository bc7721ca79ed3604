import type { Endpoint, Engine, EngineSession, SessionStart } from '../../engines/engine.js';
import { DetachedJournal } from '../../sessions/detached.journal.js';
import type { SessionJournal } from '../../sessions/journal.js';

/**
 * The real engine, watched: how many sessions of an account live, and where an account finds the network. A device that was
 * put away and logs in once more to say goodbye is counted apart: it is no session of the account any more.
 */
export class CountedEngine implements Engine {
  readonly name: string;
  readonly version: string;
  readonly capabilities: Engine['capabilities'];
  /** Over the worker's own endpoint, by account. */
  readonly routes = new Map<string, Endpoint>();
  readonly #live = new Map<string, Set<EngineSession>>();
  readonly #leaving = new WeakSet<EngineSession>();
  readonly #most = new Map<string, number>();
  readonly #goodbyes = new Map<string, number>();
  readonly #opened = new Map<string, number>();

  constructor(private readonly engine: Engine) {
    [this.name, this.version] = [engine.name, engine.version];
    this.capabilities = engine.capabilities;
  }

  open(start: SessionStart): EngineSession {
    const { accountId: id, journal } = start;
    const endpoint = { ...start.endpoint, ...this.routes.get(id) };
    const ended = () => this.#of(id).delete(session);
    const session = this.engine.open({ ...start, endpoint, journal: watched(journal, ended) });
    this.#of(id).add(session);
    if (journal instanceof DetachedJournal) {
      this.#leaving.add(session);
      this.#goodbyes.set(id, this.goodbyes(id) + 1);
    } else {
      this.#opened.set(id, this.opened(id) + 1);
      const running = [...this.#of(id)].filter((each) => !this.#leaving.has(each));
      this.#most.set(id, Math.max(this.most(id), running.length));
    }
    return session;
  }

  live = (id: string): number => this.#live.get(id)?.size ?? 0;
  goodbyes = (id: string): number => this.#goodbyes.get(id) ?? 0;
  /** The most that lived at once. */
  most = (id: string): number => this.#most.get(id) ?? 0;
  opened = (id: string): number => this.#opened.get(id) ?? 0;

  #of(id: string): Set<EngineSession> {
    const known = this.#live.get(id) ?? new Set();
    this.#live.set(id, known);
    return known;
  }
}

function watched(journal: SessionJournal, ended: () => void): SessionJournal {
  return {
    get: (kind, ids) => journal.get(kind, ids),
    put: (kind, id, value) => journal.put(kind, id, value),
    emit: (event) => {
      if (event.type === 'closed') ended();
      journal.emit(event);
    },
    pass: (release) => journal.pass(release),
    settled: () => journal.settled(),
  };
}
