import { createHash } from 'node:crypto';
import {
  createBaileysEngine,
  trustSandboxRoot,
} from '../apps/api/src/modules/whatsapp/engines/baileys/baileys.engine.js';
import type {
  Engine,
  EngineEvent,
  EngineMedia,
  EngineSession,
} from '../apps/api/src/modules/whatsapp/engines/engine.js';
import { MemoryJournal } from '../apps/api/src/modules/whatsapp/engines/testing/memory-journal.js';
import { phoneDigits, type PersonAddress } from '../apps/api/src/modules/whatsapp/jid.js';
import type { SessionJournal } from '../apps/api/src/modules/whatsapp/sessions/journal.js';
import type { ClientEvent, Driver, Start, Verb, Verbs } from './driver.js';
import { toSaid, type Known } from './engine.kinds.js';
import { fetched, isMedium, uploaded } from './engine.media.js';
import { fromEvent, toRecipient } from './engine.words.js';

type Tell = (event: ClientEvent) => void;

/** Our engine, in this process, behind the port that the product uses, over a journal in memory. */
export class EngineDriver implements Driver {
  readonly client = 'trunkline';
  private readonly engine: Engine;
  private readonly accounts = new Map<string, EngineAccount>();
  private readonly listeners = new Map<string, Tell>();

  constructor(private readonly start: Start) {
    trustSandboxRoot(start.rootKey);
    const { patienceMs, keepAliveMs } = start;
    const timing = { queryMs: patienceMs, firstWordMs: patienceMs, loginMs: 10_000, keepAliveMs };
    this.engine = createBaileysEngine({ timing });
  }

  async ask<V extends Verb>(account: string, verb: V, args: Parameters<Verbs[V]>[0]): Promise<void> {
    const verbs: Asked = this.account(account);
    await verbs[verb](args);
  }

  hear(account: string, listener: Tell): void {
    this.listeners.set(account, listener);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.accounts.values()].map((account) => account.stop()));
  }

  private account(name: string): EngineAccount {
    const known = this.accounts.get(name);
    if (known) return known;
    const tell: Tell = (event) => this.listeners.get(name)?.(event);
    const account = new EngineAccount(this.engine, name, this.start, tell);
    this.accounts.set(name, account);
    return account;
  }
}

type Asked = { [V in Verb]: (args: Parameters<Verbs[V]>[0]) => void | Promise<void> };

/** Tells each event once it is durable. */
class ToldJournal extends MemoryJournal {
  tell: (event: EngineEvent) => void = () => undefined;

  override emit(event: EngineEvent): void {
    super.emit(event);
    void this.settled().then(() => this.tell(event));
  }
}

class EngineAccount implements Asked {
  private readonly journal = new ToldJournal();
  private readonly sessions: EngineSession[] = [];
  private session: EngineSession | undefined;
  /** What was heard and said, by id. */
  private readonly known = new Map<string, Known>();

  private readonly files = new Map<string, EngineMedia>();

  constructor(
    private readonly engine: Engine,
    private readonly name: string,
    private readonly start: Start,
    private readonly tell: Tell,
  ) {
    this.journal.tell = (event) => {
      if (event.type === 'message') {
        this.known.set(event.message.waId, event.message);
        if (event.message.media) this.files.set(event.message.waId, event.message.media);
      }
      fromEvent(event).forEach(tell);
    };
  }

  link({ number }: { number?: string }): void {
    this.session = this.open(this.journal, false, number);
  }

  login(): void {
    this.session = this.open(this.journal, true);
  }

  rival(): void {
    const { journal } = this;
    const silent: SessionJournal = {
      get: (kind, ids) => journal.get(kind, ids),
      put: (kind, id, value) => journal.put(kind, id, value),
      emit: () => undefined,
      pass: (release) => journal.pass(release),
      settled: () => journal.settled(),
    };
    this.open(silent, true);
  }

  async close(): Promise<void> {
    await this.session?.disconnect();
  }

  async logout(): Promise<void> {
    await this.session?.logout();
  }

  async send({ to, text, id }: { to: string; text: string; id: string }): Promise<void> {
    const result = await this.session?.send({ waId: id, to: toRecipient(to), content: { kind: 'text', text } });
    if (!result?.ok) throw new Error(result?.code ?? 'not_connected');
  }

  async say({ to, saying, id }: Parameters<Verbs['say']>[0]): Promise<void> {
    const said = isMedium(saying)
      ? await uploaded(this.session!.media!, saying)
      : toSaid(saying, (about) => this.known.get(about) ?? missing(about));
    const forwardingScore = 'forwardingScore' in said ? (said.forwardingScore ?? 0) : 0;
    this.known.set(id, { content: said.content, forwardingScore, sender: null });
    const result = await this.session?.send({ waId: id, to: toRecipient(to), ...said });
    if (!result?.ok) throw new Error(result?.code ?? 'not_connected');
  }

  async fetch({ id }: { id: string }): Promise<void> {
    const media = this.files.get(id) ?? missing(id);
    this.tell({ type: 'file', id, ...(await fetched(this.session!.media!, media)) });
  }

  async portray({ name, about, picture }: Parameters<Verbs['portray']>[0]): Promise<void> {
    const profile = this.session!.profile!;
    const results = [
      name !== undefined && (await profile.setName(name)),
      about !== undefined && (await profile.setAbout(about)),
      picture !== undefined &&
        (await profile.setPicture('own', picture === null ? null : Buffer.from(picture, 'base64'))),
    ];
    for (const result of results) if (result && !result.ok) throw new Error(result.code);
  }

  async look({ jid }: { jid: string }): Promise<void> {
    const profile = this.session!.profile!;
    const person = personOf(jid);
    const [said, shown] = [
      await profile.about(person),
      await profile.picture(person, null, new AbortController().signal),
    ];
    if (!said.ok || !shown.ok || shown.picture === 'same') throw new Error('nobody could be looked at');
    const sha256 = shown.picture && createHash('sha256').update(shown.picture.jpeg).digest('hex');
    this.tell({ type: 'looked', jid, about: said.about, sha256 });
  }

  async reject({ callId, from }: { callId: string; from: string }): Promise<void> {
    await this.session?.calls?.reject(callId, personOf(from));
  }

  async read({ chat, sender, id }: { chat: string; sender: string; id: string }): Promise<void> {
    await this.session?.presence?.read(toRecipient(chat), [{ waId: id, sender: personOf(sender) }]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.disconnect()));
  }

  private open(journal: SessionJournal, linked: boolean, number?: string): EngineSession {
    const session = this.engine.open({
      accountId: this.name,
      network: 'sandbox',
      journal,
      endpoint: {
        url: `${this.start.url}?account=${this.name}`,
        ...(this.start.mediaCa && { mediaCa: this.start.mediaCa.pem }),
      },
      linked,
      ...(number !== undefined && { pairByCode: phoneDigits(number) }),
    });
    this.sessions.push(session);
    session.connect();
    return session;
  }
}

function personOf(jid: string): PersonAddress {
  const person = toRecipient(jid);
  if (typeof person === 'string') throw new Error(`${jid} is no person`);
  return person;
}

function missing(id: string): never {
  throw new Error(`nothing was heard or said under ${id}`);
}
