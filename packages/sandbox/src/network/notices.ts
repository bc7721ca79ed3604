/** Notifications about users: those who know one are told when their devices or their number change. */
import { randomBytes } from 'node:crypto';
import { LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import { deviceJid, userJid, type Device, type User } from './directory.js';
import { ownDomain } from './hidden.number.js';
import { seconds, type Services } from './services.js';

/**
 * A device of a user was linked or unlinked: the user's own other devices are told, and those who have written to or
 * heard from the user since the sandbox began (a real server tells whom it thinks concerned).
 */
export function notifyDeviceChange(services: Services, device: Device, change: 'add' | 'remove'): void {
  const { user, companion } = device;
  const keyIndex = companion && String(companion.keyIndex);
  const content = (jid: string, lid: string): Node[] => [
    node(change, {}, [
      node('device', { jid, lid, 'key-index': keyIndex }),
      node('key-index-list', { ts: now(services) }),
    ]),
  ];
  for (const each of services.acquaintances.devicesOf(user)) {
    if (each.user === user && each.number === device.number) continue;
    const domain = each.user === user ? ownDomain(services, user, PN_DOMAIN) : PN_DOMAIN;
    const inner = content(deviceJid(device, domain), deviceJid(device, LID_DOMAIN));
    const attrs = { from: userJid(user, domain), lid: userJid(user, LID_DOMAIN), type: 'devices' };
    services.office.post(each, notification(services, attrs, inner));
  }
}

export function notification(
  services: Pick<Services, 'clock'>,
  attrs: Record<string, string | undefined>,
  content: Node[],
): Node {
  return node('notification', { id: randomBytes(6).toString('hex'), t: now(services), ...attrs }, content);
}

/** The phone of a user has other keys than before, as after an installation anew. To be called within a commit. */
export function notifyIdentityChange(services: Services, user: User): void {
  for (const each of services.acquaintances.devicesOf(user)) {
    if (each.user === user) continue;
    const attrs = { from: userJid(user, PN_DOMAIN), lid: userJid(user, LID_DOMAIN), type: 'encrypt' };
    services.office.post(each, notification(services, attrs, [node('identity')]));
  }
}

export function notifyNumberChange(services: Services, user: User, former: string): void {
  const content = [node('modify', { old: `${former}@${PN_DOMAIN}`, new: userJid(user, PN_DOMAIN) })];
  services.office.commit(() => {
    for (const each of services.acquaintances.devicesOf(user)) {
      const attrs = { from: `${former}@${PN_DOMAIN}`, type: 'contacts' };
      services.office.post(each, notification(services, attrs, content));
    }
  });
}

function now({ clock }: Pick<Services, 'clock'>): string {
  return String(seconds(clock));
}
