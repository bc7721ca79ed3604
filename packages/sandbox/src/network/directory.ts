/**
 * Who is on the network: users and their devices, by number and by LID. A user is the same one under both, and the LID
 * stays when the number changes, so everything is kept by LID.
 */
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';
import { formatJid, LID_DOMAIN, parseJid, PN_DOMAIN } from '../protocol/jid.js';
import type { DeviceKeys, UserRecord } from './device.js';

export interface Ban {
  /** Seconds since 1970; without it the ban is for ever. */
  until?: number;
}

export interface User extends UserRecord {
  ban?: Ban;
  /** Numbers that were this user's before, newest last. */
  formerNumbers?: string[];
  /** What they say about themselves; in seconds. */
  about?: { text: string; at: number };
}

/** What a companion proved when it was linked; a phone has none of it. */
export interface Companionship {
  noiseKey: Uint8Array;
  keyIndex: number;
  /** Seconds. */
  linkedAt: number;
  /** It fetched app state or sent something once since it was linked. */
  synced: boolean;
  /** It has got all that waited for it once since it was linked. */
  arrived?: boolean;
  /** What it calls itself, as in the phone's list of linked devices. */
  name: string;
}

export interface Device {
  user: User;
  number: number;
  keys: Omit<DeviceKeys, 'preKeys'>;
  companion?: Companionship;
}

type StoredDevice = Omit<Device, 'user' | 'number'>;

export class Directory {
  private readonly byLid = new Map<string, User>();
  private readonly byPn = new Map<string, User>();
  private readonly devices = new Map<string, Map<number, Device>>();
  private readonly userRecords: Records<User>;
  private readonly deviceRecords: Records<StoredDevice>;
  private readonly highest: Records<number>;

  constructor(store: Store) {
    this.userRecords = new Records(store, 'network.users');
    this.deviceRecords = new Records(store, 'network.devices');
    this.highest = new Records(store, 'network.device-numbers');
    for (const [, user] of this.userRecords.entries()) this.index(user);
    for (const [key, stored] of this.deviceRecords.entries()) this.restore(key, stored);
  }

  /** Makes the user, or gives an existing one another push name. Throws when number and LID belong to two users. */
  createUser({ pn, lid, pushName }: UserRecord): User {
    const existing = this.byLid.get(lid);
    if (existing ? existing.pn !== pn : this.byPn.has(pn)) throw new Error(`${pn} and ${lid} are not one user`);
    const user = existing ?? { pn, lid, pushName };
    user.pushName = pushName;
    this.index(user);
    this.saveUser(user);
    return user;
  }

  /** By number or LID, bare or as an address with domain and device. */
  user(text: string | undefined): User | undefined {
    if (text === undefined) return undefined;
    if (!text.includes('@')) return this.byPn.get(text) ?? this.byLid.get(text);
    const jid = parseJid(text);
    if (jid?.domain === LID_DOMAIN) return this.byLid.get(jid.user);
    return jid?.domain === PN_DOMAIN ? this.byPn.get(jid.user) : undefined;
  }

  users(): User[] {
    return [...this.byLid.values()];
  }

  device(text: string | undefined): Device | undefined {
    const user = this.user(text);
    return user && this.deviceOf(user, parseJid(text)?.device ?? 0);
  }

  deviceOf(user: User, number: number): Device | undefined {
    return this.devices.get(user.lid)?.get(number);
  }

  /** In order of their numbers, the phone first. */
  devicesOf(user: User): Device[] {
    return [...(this.devices.get(user.lid)?.values() ?? [])].sort((a, b) => a.number - b.number);
  }

  /** Numbers are never used again: somebody may still hold a session with the device that had one. */
  nextDeviceNumber(user: User): number {
    return (this.highest.get(user.lid) ?? 0) + 1;
  }

  putDevice(device: Device): void {
    const { user, number, keys, companion } = device;
    const known = this.devices.get(user.lid) ?? new Map<number, Device>();
    this.devices.set(user.lid, known.set(number, device));
    this.deviceRecords.put(deviceKey(device), companion ? { keys, companion } : { keys });
    if (number > (this.highest.get(user.lid) ?? 0)) this.highest.put(user.lid, number);
  }

  removeDevice(device: Device): void {
    this.devices.get(device.user.lid)?.delete(device.number);
    this.deviceRecords.delete(deviceKey(device));
  }

  saveUser(user: User): void {
    this.userRecords.put(user.lid, user);
  }

  /** The LID stays. Throws when the number is somebody's. */
  changeNumber(user: User, pn: string): void {
    if (this.byPn.has(pn)) throw new Error(`${pn} is taken`);
    this.byPn.delete(user.pn);
    user.formerNumbers = [...(user.formerNumbers ?? []), user.pn];
    user.pn = pn;
    this.index(user);
    this.saveUser(user);
  }

  private index(user: User): void {
    this.byLid.set(user.lid, user);
    this.byPn.set(user.pn, user);
  }

  private restore(key: string, stored: StoredDevice): void {
    const [lid = '', number = ''] = key.split(':');
    const user = this.byLid.get(lid);
    if (!user) return;
    const known = this.devices.get(lid) ?? new Map<number, Device>();
    this.devices.set(lid, known.set(Number(number), { ...stored, user, number: Number(number) }));
  }
}

/** One name for a device whatever it is addressed by. */
export function deviceKey(device: { user: { lid: string }; number: number }): string {
  return `${device.user.lid}:${device.number}`;
}

export type Domain = typeof PN_DOMAIN | typeof LID_DOMAIN;

export function userJid(user: UserRecord, domain: Domain): string {
  return formatJid(domain === LID_DOMAIN ? user.lid : user.pn, domain);
}

export function deviceJid(device: Device, domain: Domain): string {
  return formatJid(domain === LID_DOMAIN ? device.user.lid : device.user.pn, domain, device.number);
}

/** Which of a user's two addresses a JID is: the answer should use the same. */
export function domainOf(jid: string | undefined): Domain {
  return parseJid(jid)?.domain === LID_DOMAIN ? LID_DOMAIN : PN_DOMAIN;
}
