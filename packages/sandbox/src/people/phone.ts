/**
 * A phone is a person that can link companions: it signs them, brings them up to date, and takes them off again. What
 * it does as a person (write, read, see) is on `person`.
 */
import { randomBytes } from 'node:crypto';
import type { Ban, Companion, MarkChat, PhoneChats as PhoneChatsView } from '../control/contract.js';
import type { CompanionHello } from '../network/device.js';
import { PROTOCOL, type Message } from '../signal/message.proto.js';
import { node } from '../protocol/node.js';
import { formatJid, LID_DOMAIN, PN_DOMAIN, SERVER_JID } from '../protocol/jid.js';
import type { Change } from '../signal/app.state.js';
import { PhoneAppState } from './app.state.js';
import type { Arrival } from './arrival.js';
import { ask } from './ask.js';
import { PhoneChats, UNMARKED } from './chat.marks.js';
import { firstSync, keyShare } from './first.sync.js';
import { historyNotice, olderThan } from './history.js';
import { linkByCode, linkByQr, newRawId, type LinkOptions } from './pairing.js';
import { tellCompanion } from './peer.js';
import type { Person } from './person.js';
import type { PhoneState } from './profile.js';
import { Refusal } from './refusal.js';
import { Turns } from './turns.js';

export function newPhoneState(): PhoneState {
  const appStateKey = { id: new Uint8Array(randomBytes(6)), data: new Uint8Array(randomBytes(32)) };
  return { rawId: newRawId(), lastKeyIndex: 0, appStateKey, ban: null, companions: [] };
}

export class Phone {
  private hello: CompanionHello | undefined;
  /** Linking, naming and bringing up to date, one after the other. */
  private readonly turns = new Turns();
  private readonly appState: PhoneAppState;
  private readonly chats: PhoneChats;

  constructor(
    readonly person: Person,
    private readonly state: PhoneState,
  ) {
    person.peer = (arrival, message) => this.hear(arrival, message);
    this.chats = new PhoneChats(person);
    this.appState = new PhoneAppState(person, state.appStateKey, (change) => this.changed(change));
    person.appStateChanged = (names) => this.turns.take(() => this.appState.follow(names));
  }

  get companions(): Companion[] {
    const { network } = this.person.world;
    const linked = network.linkedDevices(this.person.profile.number).filter((device) => device > 0);
    return linked.map((device) => ({ device, linkedAt: this.companion(device)?.linkedAt ?? 0 }));
  }

  get ban(): Ban | null {
    return this.state.ban;
  }

  get waitsForCode(): boolean {
    return this.hello !== undefined;
  }

  /** A companion waits for somebody to type its code on this phone. */
  greet(hello: CompanionHello): void {
    this.hello = hello;
    this.person.world.changes.announce();
  }

  scan(qr: string, options: LinkOptions): Promise<number> {
    this.requireOnline();
    return this.link(() => linkByQr(this.person, this.state, qr, options));
  }

  typeCode(code: string, options: LinkOptions): Promise<number> {
    this.requireOnline();
    const { hello } = this;
    if (!hello) throw new Refusal('conflict', 'no companion waits for a code of this number');
    const letters = code.replace('-', '').toUpperCase();
    return this.link(async () => {
      const device = await linkByCode(this.person, this.state, hello, letters, options);
      if (this.hello === hello) this.hello = undefined;
      return device;
    });
  }

  unlink(device: number): void {
    this.requireOnline();
    if (device === 0 || !this.isLinked(device)) throw new Refusal('not_found', `device ${device} is not linked`);
    this.person.world.network.unlink(this.person.profile.number, device);
    this.state.companions = this.state.companions.filter((each) => each.device !== device);
    this.save();
  }

  async setPushName(name: string): Promise<void> {
    this.requireOnline();
    await this.turns.take(() => this.publishName(name));
  }

  /** What a person does with a chat on the phone: companions follow. */
  async markChat(marks: MarkChat): Promise<void> {
    this.requireOnline();
    for (const { collection, change } of this.chats.mutations(marks))
      await this.turns.take(() => this.appState.publish(collection, change));
    if (marks.blocked !== undefined) await this.block(marks.chat, marks.blocked);
  }

  async star(messageId: string, starred: boolean): Promise<void> {
    this.requireOnline();
    const { collection, change } = this.chats.star(messageId, starred);
    await this.turns.take(() => this.appState.publish(collection, change));
  }

  get marked(): PhoneChatsView {
    const { network } = this.person.world;
    const blocked = network.blocked(this.person.profile.number);
    const marks = this.chats.all();
    const others = blocked.filter((number) => !marks.some(({ chat }) => chat === number));
    const chats = [...marks, ...others.map((chat) => ({ chat, ...UNMARKED }))];
    return {
      chats: chats.map((chat) => ({ ...chat, blocked: blocked.includes(chat.chat) })),
      starred: this.chats.starred(),
    };
  }

  setBan(ban: Ban | null): void {
    this.state.ban = ban;
    this.person.world.network.ban(this.person.profile.number, ban);
    this.save();
  }

  /** The LID stays; companions are told, and unlinked. */
  changeNumber(number: string): void {
    this.requireOnline();
    this.person.world.network.changeNumber(this.person.profile.number, number);
    this.person.change({ number });
    this.companions.forEach(({ device }) => this.unlink(device));
  }

  /** Brings companions up to date that a crash left without. */
  resume(): void {
    for (const { device, synced } of this.state.companions) if (!synced) this.beginSync(device);
  }

  idle(): Promise<void> {
    return this.turns.idle();
  }

  private async link(pair: () => Promise<number>): Promise<number> {
    const device = await this.turns.take(async () => {
      await this.publishName(this.person.profile.name);
      return pair();
    });
    const linkedAt = this.person.world.now();
    this.state.companions = [...this.state.companions, { device, linkedAt, synced: false }];
    this.save();
    this.beginSync(device);
    return device;
  }

  private publishName(name: string): Promise<void> {
    const value = { timestamp: this.person.world.now(), pushNameSetting: { name } };
    return this.appState.publish('critical_block', { index: ['setting_pushName'], value, version: 1 });
  }

  private changed(change: Change): void {
    const { name } = change.value.pushNameSetting ?? {};
    if (name) this.person.rename(name);
    else this.chats.heard(change);
  }

  private async block(number: string, blocked: boolean): Promise<void> {
    const user = this.person.world.network.findUser(number);
    if (!user) throw new Refusal('not_found', `nobody has the number or LID ${number}`);
    const names = { jid: formatJid(user.lid, LID_DOMAIN), pn_jid: formatJid(user.pn, PN_DOMAIN) };
    const item = node('item', { action: blocked ? 'block' : 'unblock', ...names });
    await ask(this.person.line, node('iq', { to: SERVER_JID, type: 'set', xmlns: 'blocklist' }, [item]));
    this.person.world.changes.announce();
  }

  private beginSync(device: number): void {
    this.tell(device, async () => {
      await firstSync(this.person, this.state.appStateKey, device);
      const companion = this.companion(device);
      if (companion) companion.synced = true;
      this.save();
    });
  }

  /** A companion asks: for the key that it missed, or for older messages. */
  private hear(arrival: Arrival, heard: Message): void {
    // Some clients wrap it, as they do what is for a chat.
    const { protocolMessage } = heard.deviceSentMessage?.message ?? heard;
    const { author, id } = arrival;
    const asked = protocolMessage?.peerDataOperationRequestMessage?.historySyncOnDemandRequest;
    if (asked) {
      const answer = () => historyNotice(olderThan(this.person, asked), id);
      return this.tell(author.device, () => tellCompanion(this.person, author.device, answer()));
    }
    if (protocolMessage?.type !== PROTOCOL.appStateSyncKeyRequest) return;
    const share = keyShare(this.state.appStateKey, this.person.world.now());
    this.tell(author.device, () => tellCompanion(this.person, author.device, share));
  }

  /** In its turn, and only while the companion is linked: it may take itself off at any time. */
  private tell(device: number, work: () => Promise<void>): void {
    void this.turns.take(async () => {
      try {
        if (this.isLinked(device)) await work();
      } catch (error) {
        if (this.isLinked(device)) throw error;
      }
    });
  }

  private isLinked(device: number): boolean {
    return this.person.world.network.linkedDevices(this.person.profile.number).includes(device);
  }

  private companion(device: number) {
    return this.state.companions.find((each) => each.device === device);
  }

  private requireOnline(): void {
    if (!this.person.profile.online) throw new Refusal('conflict', `${this.person.profile.number} is offline`);
  }

  private save(): void {
    this.person.change({ phone: this.state });
  }
}
