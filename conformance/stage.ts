import type { FaultInput, Group, Person, Phone, ReplyRule, SandboxControl, SeenMessage } from '@trunkline/sandbox';
import { Account, BOUND_MS } from './account.js';
import type { ClientName, Driver } from './driver.js';

/** Linked once for all cases that leave it as it is: linking is most of what a small case costs. */
const resident = new WeakMap<Driver, Promise<Linked>>();

/** A linked account of the client under test, logged in, and the phone that it was linked by. */
export interface Linked {
  account: Account;
  phone: Phone;
}

export interface Case {
  name: string;
  run(stage: Stage): Promise<void>;
}

type WithoutAccount = Omit<FaultInput, 'account'>;

/** What a case has to work with: numbers of its own on a network that other cases use, too. */
export class Stage {
  constructor(
    private readonly driver: Driver,
    readonly control: SandboxControl,
    /** Milliseconds that a case waits for something that has to happen. */
    readonly boundMs = BOUND_MS,
  ) {}

  get client(): ClientName {
    return this.driver.client;
  }

  async newcomer(): Promise<Linked> {
    const phone = await this.control.createPhone({ pushName: 'Conformance' });
    return { phone, account: new Account(phone.number, this.driver, this.boundMs) };
  }

  /** Links by QR and logs in. */
  async linked(): Promise<Linked> {
    const { phone, account } = await this.newcomer();
    await account.link();
    const { text } = await account.next('qr');
    await this.control.scan(phone.number, { qr: text });
    await this.settle(account);
    return { phone, account };
  }

  /** An account that other cases use at the same time: for what is known by its id alone. */
  resident(): Promise<Linked> {
    const made = resident.get(this.driver) ?? this.linked();
    resident.set(this.driver, made);
    return made;
  }

  /** After the phone has said yes: the client restarts its connection and logs in. */
  async settle(account: Account): Promise<void> {
    await account.next('linked');
    await account.next('closed', { reason: 'restart_required' });
    await account.login();
  }

  /** Whatever the account had under way (a login asks for many things) is over when a message has come and is receipted. */
  async settled(account: Account, phone: { number: string }): Promise<void> {
    const somebody = await this.person();
    const { id } = await this.control.write(somebody.number, { to: phone.number, text: 'are you there?' });
    await account.next('message', { id });
    await this.receipts(somebody, id, (types) => types.length > 0);
  }

  /** Silent unless told otherwise: a case says itself when somebody reads or answers. */
  person(addressing: 'pn' | 'lid' = 'pn', rule: ReplyRule = { kind: 'silent' }): Promise<Person> {
    return this.control.createPerson({ addressing, rule });
  }

  group(creator: Person, others: readonly { number: string }[], addressing: 'pn' | 'lid' = 'pn'): Promise<Group> {
    const participants = others.map(({ number }) => number);
    return this.control.createGroup({ subject: 'Conformance', creator: creator.number, participants, addressing });
  }

  /** Strikes this account once unless `count` says otherwise. */
  fault(account: Account, fault: WithoutAccount): Promise<{ id: string }> {
    return this.control.setFault({ count: 1, ...fault, account: account.number });
  }

  /** The fault has struck as often as it was to. */
  async isSpent(fault: { id: string }): Promise<boolean> {
    return !(await this.control.listFaults()).some(({ id }) => id === fault.id);
  }

  seen(person: { number: string }, id: string): Promise<SeenMessage> {
    return this.control.waitForSeen(person.number, (message) => message.id === id, this.boundMs);
  }

  /** The receipts of the client, not of its phone, that came back to a person for what they wrote; as soon as they hold. */
  receipts(person: { number: string }, id: string, holds: (types: string[]) => boolean): Promise<string[]> {
    return this.control.until(() => this.receiptsNow(person, id), holds, this.boundMs);
  }

  async receiptsNow(person: { number: string }, id: string): Promise<string[]> {
    const { items } = await this.control.sent(person.number);
    const receipts = items.find((message) => message.id === id)?.receipts ?? [];
    return receipts.filter(({ device }) => device > 0).map(({ type }) => type);
  }
}

export const pnJid = (person: { number: string }): string => `${person.number}@s.whatsapp.net`;
export const lidJid = (person: { lid: string }): string => `${person.lid}@lid`;
/** A client may name a person by either; which one is its own business. */
export const isPerson = (person: { number: string; lid: string }, jid: string): boolean =>
  jid === pnJid(person) || jid === lidJid(person);
