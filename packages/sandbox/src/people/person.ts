/**
 * A contact with a phone of their own. All they do is done in turns, one after the other: a turn changes Signal keys in
 * a step that commits together with what it was for (a message seen, a message sent), and only then tells the network.
 *
 * What a person does is in files of its own: `inbound` reads, `outbound` writes, `answers` keeps the reply rule,
 * `receipts` and `retries` speak with other devices about messages.
 */
import type { AttachedDevice, SandboxNetwork, UserRecord } from '../network/device.js';
import { LID_DOMAIN, PN_DOMAIN, formatJid } from '../protocol/jid.js';
import type { Node } from '../protocol/node.js';
import type { Message } from '../signal/message.proto.js';
import { KeyStep } from '../signal/key.step.js';
import { Keyring } from '../signal/keyring.js';
import { SignalSessions, type SessionAddress } from '../signal/sessions.js';
import type { Store } from '../store/store.js';
import { Answers } from './answers.js';
import type { Arrival } from './arrival.js';
import type { Changes } from './changes.js';
import { Gestures } from './gestures.js';
import { Inbound } from './inbound.js';
import { Notebook } from './notebook.js';
import { Outbound } from './outbound.js';
import { PreKeySupply } from './prekey.supply.js';
import type { Profile, Profiles } from './profile.js';
import { Refusal } from './refusal.js';
import { Turns } from './turns.js';

/** What all people share. */
export interface World {
  store: Store;
  network: SandboxNetwork;
  profiles: Profiles;
  changes: Changes;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface Step {
  keys: KeyStep;
  sessions: SignalSessions;
}

export class Person {
  readonly notebook: Notebook;
  readonly outbound: Outbound;
  readonly answers: Answers;
  readonly gestures: Gestures;
  readonly supply: PreKeySupply;
  private readonly inbound: Inbound;
  private readonly turns = new Turns();
  private attached: AttachedDevice | undefined;
  private receiving: Promise<void> | undefined;
  /** Set on a phone: what its own companions tell it. */
  peer: ((arrival: Arrival, message: Message) => void) | undefined;
  /** Set on a phone: a companion has written app state. */
  appStateChanged: ((collections: string[]) => Promise<void>) | undefined;

  constructor(
    readonly world: World,
    readonly profile: Profile,
    private keys: Keyring,
  ) {
    this.notebook = new Notebook(world.store, profile.lid);
    this.outbound = new Outbound(this);
    this.answers = new Answers(this);
    this.gestures = new Gestures(this);
    this.supply = new PreKeySupply(this);
    this.inbound = new Inbound(this);
  }

  private get bucket(): string {
    return `people.keys.${this.profile.lid}`;
  }

  /** The name under which this person's own keys and sessions lie. */
  get address(): SessionAddress {
    return { user: this.profile.lid, device: 0 };
  }

  get keyring(): Keyring {
    return this.keys;
  }

  get user(): UserRecord {
    return { pn: this.profile.number, lid: this.profile.lid, pushName: this.profile.name };
  }

  get line(): AttachedDevice {
    if (!this.attached) throw new Error(`${this.profile.number} is not on the network`);
    return this.attached;
  }

  /** Goes on the network, takes up what was left undone, and gets what waited. */
  async join(): Promise<void> {
    const { network } = this.world;
    this.attached = network.attach(this.user, this.keyring.publicKeys(this.supply.first()), {
      receive: (stanza) => this.receive(stanza),
    });
    this.attached.setOnline(this.profile.online);
    if (this.profile.online) await this.resume();
  }

  /** What has been begun is finished, what waits stays in the store. */
  async leave(): Promise<void> {
    this.attached?.detach();
    await this.receiving;
    await this.answers.stop();
    await this.turns.idle();
  }

  /** Another phone under the same number: of what the old one knew, no key is there. Rejects where devices are linked by it. */
  async changePhone(): Promise<void> {
    if (this.profile.phone) throw new Refusal('conflict', `${this.profile.number} links devices by its phone`);
    await this.leave();
    const { store } = this.world;
    const step = new KeyStep(store, this.bucket);
    this.keys = Keyring.create(step);
    store.transaction(() => {
      store.clear(this.bucket);
      step.flush();
    });
    await this.join();
  }

  async setOnline(online: boolean): Promise<void> {
    if (online === this.profile.online) return;
    if (!online) await this.answers.stop();
    this.change({ online });
    this.line.setOnline(online);
    if (online) await this.resume();
  }

  /** The name that others see from now on. */
  rename(name: string): void {
    this.change({ name });
    this.world.network.createUser(this.user);
  }

  change(changes: Partial<Profile>): void {
    Object.assign(this.profile, changes);
    this.world.profiles.save(this.profile);
    this.world.changes.announce();
  }

  /** The way this person names somebody in a stanza. */
  jidOf(user: UserRecord, device = 0): string {
    return this.profile.addressing === 'lid'
      ? formatJid(user.lid, LID_DOMAIN, device)
      : formatJid(user.pn, PN_DOMAIN, device);
  }

  turn<T>(work: (step: Step) => Promise<T>): Promise<T> {
    return this.turns.take(() => {
      const keys = new KeyStep(this.world.store, this.bucket);
      return work({ keys, sessions: new SignalSessions(this.keyring, keys) });
    });
  }

  /** Makes a step durable, with what it was for. */
  commit<T>(step: Step, note: () => T): T {
    const result = this.world.store.transaction(() => {
      step.keys.flush();
      return note();
    });
    this.world.changes.announce();
    return result;
  }

  private receive(stanza: Node): Promise<void> {
    this.receiving = this.inbound.take(stanza);
    return this.receiving;
  }

  private async resume(): Promise<void> {
    await this.supply.refill();
    await this.outbound.sendUnacked();
    this.answers.start();
  }
}
