/** Who is online, and who wants to know. Nothing of it is kept: it is true only while a device is there. */
import { node, type Node } from '../protocol/node.js';
import { deviceJid, deviceKey, domainOf, userJid, type Device, type Domain, type User } from './directory.js';
import type { PostOffice } from './post.office.js';
import { seconds, type Clock } from './services.js';

interface Subscriber {
  device: Device;
  domain: Domain;
}

export class Presences {
  private readonly available = new Map<string, Set<string>>();
  private readonly lastSeen = new Map<string, number>();
  private readonly subscribers = new Map<string, Map<string, Subscriber>>();

  constructor(
    private readonly office: PostOffice,
    private readonly clock: Clock,
  ) {}

  set(device: Device, isAvailable: boolean): void {
    const lid = device.user.lid;
    const there = this.available.get(lid) ?? new Set();
    this.available.set(lid, there);
    if (isAvailable === there.has(deviceKey(device))) return;
    if (isAvailable) there.add(deviceKey(device));
    else there.delete(deviceKey(device));
    if (!isAvailable) this.lastSeen.set(lid, seconds(this.clock));
    for (const subscriber of this.subscribers.get(lid)?.values() ?? []) this.tell(subscriber, device.user);
  }

  /** A client that never said it is available gets receipts of the kind `inactive`, and sends them. */
  isAvailable(device: Device): boolean {
    return this.available.get(device.user.lid)?.has(deviceKey(device)) ?? false;
  }

  /** Lasts until the subscriber's device is gone. */
  subscribe(device: Device, to: User, jid: string): void {
    const subscriber = { device, domain: domainOf(jid) };
    const all = this.subscribers.get(to.lid) ?? new Map<string, Subscriber>();
    this.subscribers.set(to.lid, all.set(deviceKey(device), subscriber));
    this.tell(subscriber, to);
  }

  gone(device: Device): void {
    this.set(device, false);
    for (const each of this.subscribers.values()) each.delete(deviceKey(device));
  }

  private tell({ device, domain }: Subscriber, user: User): void {
    const isThere = (this.available.get(user.lid)?.size ?? 0) > 0;
    const last = this.lastSeen.get(user.lid);
    const from = userJid(user, domain);
    const attrs = isThere ? { from } : { from, type: 'unavailable', last: last?.toString() ?? 'deny' };
    this.office.tell(device, node('presence', attrs));
  }
}

/** Typing and the like: to the devices of the peer that are there, never kept. */
export function typing(from: Device, stanza: Node): Node {
  return node('chatstate', { from: deviceJid(from, domainOf(stanza.attrs.to)) }, stanza.content);
}
