/** Whom each user has blocked, by LID. What a blocked person writes is taken and goes nowhere, and they are not told. */
import { LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import { node } from '../protocol/node.js';
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';
import { userJid, type Device, type User } from './directory.js';
import { ownDomain } from './hidden.number.js';
import { notification } from './notices.js';
import type { Services } from './services.js';

export class Blocklists {
  private readonly records: Records<string[]>;

  constructor(store: Store) {
    this.records = new Records(store, 'network.blocklist');
  }

  of(user: User): string[] {
    return this.records.get(user.lid) ?? [];
  }

  has(user: User, peer: User): boolean {
    return this.of(user).includes(peer.lid);
  }

  /** False when it was so before. */
  set(user: User, peer: User, blocked: boolean): boolean {
    if (this.has(user, peer) === blocked) return false;
    const rest = this.of(user).filter((lid) => lid !== peer.lid);
    this.records.put(user.lid, blocked ? [...rest, peer.lid] : rest);
    return true;
  }
}

/** The other devices of who has blocked somebody are told. */
export function notifyBlocked(services: Services, by: Device, peer: User, blocked: boolean): void {
  const { office, directory } = services;
  const from = userJid(by.user, ownDomain(services, by.user, PN_DOMAIN));
  const action = blocked ? 'block' : 'unblock';
  const attrs = { action, jid: userJid(peer, LID_DOMAIN), pn_jid: userJid(peer, PN_DOMAIN) };
  const list = node('blocklist', { action: 'modify' }, [node('item', attrs)]);
  office.commit(() => {
    for (const device of directory.devicesOf(by.user))
      if (device.number !== by.number)
        office.post(device, notification(services, { from, type: 'account_sync' }, [list]));
  });
}
