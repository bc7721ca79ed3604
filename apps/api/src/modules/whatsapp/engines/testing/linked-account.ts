/** An account for contract specs: its journal, its phone on the sandbox, and the session that runs now. */
import { randomBytes } from 'node:crypto';
import type { Phone, SandboxControl } from '@trunkline/sandbox';
import type { MessageContent } from '@trunkline/contracts';
import type { Endpoint, Engine, EngineEvent, EngineSession, OutboundMessage, SendResult } from '../engine.js';
import type { GroupJid, LidUser, PersonAddress, PhoneDigits } from '../../jid.js';
import type { Line } from '../line.js';
import { MemoryJournal } from './memory-journal.js';

export interface ContractWorld {
  engine: Engine;
  control: SandboxControl;
  endpoint(account: string): Endpoint;
  line?: Line;
  /** Sessions to end after the spec. */
  opened: EngineSession[];
}

type Closed = Extract<EngineEvent, { type: 'closed' }>;

export const newMessageId = (): string => randomBytes(11).toString('hex').toUpperCase();
export const byNumber = (number: string): PersonAddress => ({ phone: number as PhoneDigits, lid: null });
export const byLid = (lid: string): PersonAddress => ({ phone: null, lid: lid as LidUser });
export const text = (value: string): MessageContent => ({ kind: 'text', text: value });

export class TestAccount {
  journal = new MemoryJournal();
  session!: EngineSession;
  private closings = 0;

  private constructor(
    readonly world: ContractWorld,
    readonly phone: Phone,
  ) {}

  /** A phone, and no link yet. */
  static async create(world: ContractWorld, pushName = 'Shop'): Promise<TestAccount> {
    return new TestAccount(world, await world.control.createPhone({ pushName }));
  }

  /** Of a phone that has lived already. */
  static of(world: ContractWorld, phone: Phone): TestAccount {
    return new TestAccount(world, phone);
  }

  /** Linked by QR, logged in and open. */
  static async online(world: ContractWorld, pushName?: string): Promise<TestAccount> {
    const account = await TestAccount.create(world, pushName);
    await account.link();
    await account.login();
    return account;
  }

  open(linked: boolean, pairByCode?: string): EngineSession {
    const { engine, endpoint, line, opened } = this.world;
    this.session = engine.open({
      accountId: this.phone.number,
      network: 'sandbox',
      journal: this.journal,
      endpoint: endpoint(this.phone.number),
      linked,
      line,
      ...(pairByCode ? { pairByCode: pairByCode as PhoneDigits } : {}),
    });
    opened.push(this.session);
    this.session.connect();
    return this.session;
  }

  async link(options: { lidOnly?: boolean; businessName?: string } = {}): Promise<void> {
    this.open(false);
    const { text: qr } = await this.journal.event('qr');
    await this.world.control.scan(this.phone.number, { qr, ...options });
    await this.closed();
  }

  /** A session over the stored credentials, once the server has accepted it. */
  async login(): Promise<void> {
    const opens = this.journal.eventsOf('open').length;
    this.open(true);
    await this.journal.event('open', opens + 1);
  }

  /** The process dies and another one takes up what was durable. */
  async crashed(): Promise<void> {
    const old = this.session;
    this.journal = this.journal.crash();
    this.closings = 0;
    await old.disconnect();
  }

  /**
   * The process dies when the next ciphertext is open: what was written in that very step is durable, and nothing that
   * follows from it. Another one takes up what was durable.
   */
  diesOnceOpened(bring: () => Promise<unknown>): Promise<void> {
    const { journal } = this;
    const put = journal.put.bind(journal);
    return this.#dies(bring, (now) => {
      journal.put = (kind, id, value) => {
        put(kind, id, value);
        if (kind === 'plaintext') queueMicrotask(now);
      };
    });
  }

  /** The process dies when it would tell this: all that was written and sent before is durable and has left. */
  diesBefore(fits: (event: EngineEvent) => boolean, bring: () => Promise<unknown>): Promise<void> {
    const { journal } = this;
    const emit = journal.emit.bind(journal);
    return this.#dies(bring, (now) => {
      journal.emit = (event) => {
        if (fits(event)) now();
        emit(event);
      };
    });
  }

  async #dies(bring: () => Promise<unknown>, at: (now: () => void) => void): Promise<void> {
    const { journal } = this;
    const over = new Promise<void>((resolve) =>
      at(() => {
        if (!journal.held) journal.commitNow();
        journal.holdCommits();
        resolve();
      }),
    );
    await bring();
    await over;
    await this.crashed();
  }

  /** How the session that runs now ends. */
  closed(timeoutMs?: number): Promise<Closed> {
    this.closings += 1;
    return this.journal.event('closed', this.closings, timeoutMs);
  }

  async sendText(to: PersonAddress | GroupJid, value: string): Promise<string> {
    return this.sent({ waId: newMessageId(), to, content: text(value) });
  }

  /** Sends and expects that it was handed over. */
  async sent(message: OutboundMessage): Promise<string> {
    const result = await this.session.send(message);
    if (!result.ok) throw new Error(`not sent: ${result.code} (${result.detail})`);
    return message.waId;
  }

  send(to: PersonAddress | GroupJid, value: string): Promise<SendResult> {
    return this.session.send({ waId: newMessageId(), to, content: text(value) });
  }

  ack(waId: string) {
    return this.journal.until(
      () => this.journal.eventsOf('message-ack').find((event) => event.waId === waId),
      `ack of ${waId}`,
    );
  }

  receipt(waId: string, status: 'delivered' | 'read') {
    return this.journal.until(
      () => this.journal.eventsOf('receipt').find((event) => event.waIds.includes(waId) && event.status === status),
      `${status} receipt of ${waId}`,
    );
  }

  /** The message with this text, once it is durable. */
  message(value: string) {
    return this.journal.until(() => this.messages(value)[0], `message "${value}"`);
  }

  messages(value: string) {
    const all = this.journal.eventsOf('message').map(({ message }) => message);
    return all.filter(({ content }) => content.kind === 'text' && content.text === value);
  }
}
