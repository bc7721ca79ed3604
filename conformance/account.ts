import { randomBytes } from 'node:crypto';
import type { ClientEvent, Driver, EventOf, Heard, Saying } from './driver.js';

/** Waits that do not end by themselves end here, in milliseconds. */
export const BOUND_MS = 40_000;

/** What must not happen gets so long to happen. */
const QUIET_MS = 3_000;

type Kind = ClientEvent['type'];
type Status = EventOf<'status'>['status'];

/**
 * One account of a client as a case sees it. Every event is kept; `next` looks from the point on up to which an earlier
 * `next` of the same account has read, so that a case reads like the story that it tells.
 */
export class Account {
  readonly events: ClientEvent[] = [];
  private readonly read = new Map<Kind, number>();
  private readonly waits = new Set<() => boolean>();

  constructor(
    readonly number: string,
    private readonly driver: Driver,
    private readonly boundMs: number,
  ) {
    driver.hear(number, (event) => {
      this.events.push(event);
      for (const attempt of this.waits) if (attempt()) this.waits.delete(attempt);
    });
  }

  link(number?: string): Promise<void> {
    return this.driver.ask(this.number, 'link', { number });
  }

  /** Resolves when the server has let the client in. */
  async login(): Promise<void> {
    await this.driver.ask(this.number, 'login', {});
    await this.next('open');
  }

  /** Opens a connection that is not expected to end well. */
  tryLogin(): Promise<void> {
    return this.driver.ask(this.number, 'login', {});
  }

  rival(): Promise<void> {
    return this.driver.ask(this.number, 'rival', {});
  }

  async close(): Promise<void> {
    await this.driver.ask(this.number, 'close', {});
    await this.next('closed');
  }

  logout(): Promise<void> {
    return this.driver.ask(this.number, 'logout', {});
  }

  /** Returns the message's id at once; what the client's call came to is in `outcome`. */
  send(to: string, text: string): { id: string; outcome: Promise<void> } {
    const id = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    const outcome = this.driver.ask(this.number, 'send', { to, text, id });
    // Whether a refused send throws is the library's own taste; a case that cares awaits it.
    outcome.catch(() => undefined);
    return { id, outcome };
  }

  /** Resolves with the message's id when the client's own call did. */
  async say(to: string, saying: Saying): Promise<string> {
    const id = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    await this.driver.ask(this.number, 'say', { to, saying, id });
    return id;
  }

  reject(callId: string, from: string): Promise<void> {
    return this.driver.ask(this.number, 'reject', { callId, from });
  }

  /** What was heard under this id (null: under any), as soon as it holds; a vote is heard once more when it was opened. */
  heard(id: string | null, holds: (said: Heard) => boolean = () => true, boundMs = this.boundMs): Promise<Heard> {
    const told = (): Heard | undefined =>
      this.all('said').find((event) => (id === null || event.id === id) && holds(event.said))?.said;
    return this.wait(told, `words of ${id ?? 'any message'}`, boundMs);
  }

  /** What the file of a message that was heard is, once it was fetched and opened. */
  async fetched(id: string): Promise<EventOf<'file'>> {
    await this.driver.ask(this.number, 'fetch', { id });
    return this.next('file', { id });
  }

  portray(look: { name?: string; about?: string; picture?: string | null }): Promise<void> {
    return this.driver.ask(this.number, 'portray', look);
  }

  /** How somebody looks now. */
  async look(jid: string): Promise<EventOf<'looked'>> {
    await this.driver.ask(this.number, 'look', { jid });
    return this.next('looked', { jid });
  }

  markRead(message: EventOf<'message'>): Promise<void> {
    return this.driver.ask(this.number, 'read', message);
  }

  /** The next event of this kind that fits. Events of the kind that do not fit are passed over for good. */
  next<K extends Kind>(type: K, fits: Partial<EventOf<K>> = {}): Promise<EventOf<K>> {
    return this.wait(() => this.find(type, fits), `${type} ${JSON.stringify(fits)}`);
  }

  /** How many events of this kind that fit there are: at once when they are more than one, else after a quiet time. */
  async count<K extends Kind>(type: K, fits: Partial<EventOf<K>>): Promise<number> {
    const now = (): number => this.all(type).filter((event) => matches(event, fits)).length;
    const isTooMany = (): true | undefined => (now() > 1 ? true : undefined);
    await this.wait(isTooMany, 'second one', QUIET_MS).catch(() => undefined);
    return now();
  }

  /** What became of a message, also when it was told before: receipts and acks overtake each other. */
  status(id: string, status: Status): Promise<EventOf<'status'>> {
    const told = (): EventOf<'status'> | undefined =>
      this.all('status').find((event) => event.id === id && event.status === status);
    return this.wait(told, `status ${status}`);
  }

  /** The first word on whether the network took a message. */
  fate(id: string): Promise<EventOf<'status'>> {
    return this.wait(() => this.all('status').find((event) => event.id === id), 'status of any kind');
  }

  all<K extends Kind>(type: K): EventOf<K>[] {
    return this.events.filter((event): event is EventOf<K> => event.type === type);
  }

  private wait<T>(look: () => T | undefined, wanted: string, boundMs = this.boundMs): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = (): boolean => {
        const found = look();
        if (found !== undefined) resolve(found);
        return found !== undefined;
      };
      if (attempt()) return;
      this.waits.add(attempt);
      const over = (): void => {
        if (this.waits.delete(attempt)) reject(new Error(this.missing(wanted, boundMs)));
      };
      setTimeout(over, boundMs).unref();
    });
  }

  private find<K extends Kind>(type: K, fits: Partial<EventOf<K>>): EventOf<K> | undefined {
    const from = this.read.get(type) ?? 0;
    const index = this.events.findIndex((event, at) => at >= from && event.type === type && matches(event, fits));
    if (index < 0) return undefined;
    this.read.set(type, index + 1);
    return this.events[index] as EventOf<K>;
  }

  private missing(wanted: string, boundMs: number): string {
    const seen = this.events.map(brief).join(', ');
    return `no ${wanted} within ${boundMs} ms; saw ${seen || 'nothing'}`;
  }
}

function matches(event: ClientEvent, fits: object): boolean {
  return Object.entries(fits).every(([key, value]) => event[key as keyof ClientEvent] === value);
}

function brief(event: ClientEvent): string {
  if (event.type === 'closed') return `closed(${event.reason}: ${event.detail})`;
  if (event.type === 'status') return `status(${event.status})`;
  return event.type;
}
