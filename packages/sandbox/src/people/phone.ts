/**
 * A phone is a person that can link companions: it signs them, brings them up to date, and takes them off again. What
 * it does as a person (write, read, see) is on `person`.
 */
import { randomBytes } from 'node:crypto';
import type { Ban, Companion } from '../control/contract.js';
import type { CompanionHello } from '../network/device.js';
import { PROTOCOL, type Message } from '../signal/message.proto.js';
import type { Arrival } from './arrival.js';
import { firstSync, keyShare } from './first.sync.js';
import { linkByCode, linkByQr, newRawId, type LinkOptions } from './pairing.js';
import { tellCompanion } from './peer.js';
import type { Person } from './person.js';
import type { PhoneState } from './profile.js';
import { followPushName, publishPushName } from './push.name.js';
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

  constructor(
    readonly person: Person,
    private readonly state: PhoneState,
  ) {
    person.peer = (arrival, message) => this.hear(arrival, message);
    person.appStateChanged = () => this.turns.take(() => followPushName(person, state.appStateKey));
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
    this.person.rename(name);
    await this.turns.take(() => publishPushName(this.person, this.state.appStateKey));
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
      await publishPushName(this.person, this.state.appStateKey);
      return pair();
    });
    const linkedAt = this.person.world.now();
    this.state.companions = [...this.state.companions, { device, linkedAt, synced: false }];
    this.save();
    this.beginSync(device);
    return device;
  }

  private beginSync(device: number): void {
    this.tell(device, async () => {
      await firstSync(this.person, this.state.appStateKey, device);
      const companion = this.companion(device);
      if (companion) companion.synced = true;
      this.save();
    });
  }

  /** A companion that missed the key asks for it. */
  private hear({ author }: Arrival, { protocolMessage }: Message): void {
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
