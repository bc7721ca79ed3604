import { LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import { child, children, node, type Node } from '../protocol/node.js';
import { deviceJid, deviceKey, userJid, type Device, type Directory, type Domain } from './directory.js';
import type { Services } from './services.js';

/** One device's own copy of a message. */
export interface Delivery {
  device: Device;
  stanza: Node;
}

/** `code` goes to the sender (protocol.md B.6.5), `cause` is what is counted. */
export class Refusal {
  constructor(
    readonly code: number,
    readonly cause: string,
  ) {}
}

/** The stanza does not hold what it has to: as a server says it. */
export const INVALID = 479;

/** The ciphertexts by device. Devices that nobody has are counted and left out, as a server does with stale lists. */
export function ciphertexts({ directory, counts }: Services, stanza: Node): Map<Device, Node[]> {
  const found = new Map<Device, Node[]>();
  for (const to of children(child(stanza, 'participants'), 'to')) {
    const device = directory.device(to.attrs.jid);
    if (device) found.set(device, children(to, 'enc'));
    else counts.add('stale:unknown-device');
  }
  return found;
}

/** Devices that should have been written to and were not: counted, as the sender's list is old. */
export function countMissing({ counts }: Services, wanted: Device[], sender: Device, got: Map<Device, Node[]>): void {
  for (const device of wanted) {
    if (deviceKey(device) !== deviceKey(sender) && !got.has(device)) counts.add('stale:missing-device');
  }
}

/** What goes along unread with every copy. */
export function luggage(stanza: Node): Node[] {
  const apart = ['participants', 'enc'];
  return children(stanza).filter(({ tag }) => !apart.includes(tag));
}

/** Who the sender is, in the addressing of the chat, with the other address beside it. */
export function senderAttrs(sender: Device, domain: Domain): Record<string, string> {
  const from = deviceJid(sender, domain);
  if (domain === LID_DOMAIN) return { from, sender_pn: userJid(sender.user, PN_DOMAIN) };
  return { from, sender_lid: userJid(sender.user, LID_DOMAIN) };
}

/** Attributes of the sender's stanza that its readers get as they are. */
export function keptAttrs({ attrs }: Node): Record<string, string | undefined> {
  const { id, type, edit, category, expiration } = attrs;
  return { id, type, edit, category, expiration };
}

export function devicesOfMembers(directory: Directory, lids: Iterable<string>): Device[] {
  return [...lids].flatMap((lid) => {
    const user = directory.user(lid);
    return user ? directory.devicesOf(user) : [];
  });
}

export function copy(attrs: Record<string, string | undefined>, enc: Node[], rest: Node[]): Node {
  return node('message', attrs, [...enc, ...rest]);
}
