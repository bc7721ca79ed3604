/** What a linked device sends besides queries; the same for a socket and for a device of the sandbox itself. */
import { node, type Node } from '../protocol/node.js';
import { isGroupJid } from '../protocol/jid.js';
import { acceptMessage } from './messages.js';
import { acceptReceipt } from './receipts.js';
import { deviceJid, domainOf, type Device } from './directory.js';
import { typing } from './presences.js';
import { seconds, type Services } from './services.js';

/** Takes the stanza and gives back what its sender is answered with. What has to be kept is durable on return. */
export function submit(services: Services, device: Device, stanza: Node): Node[] {
  switch (stanza.tag) {
    case 'message':
      return acceptMessage(services, device, stanza);
    case 'receipt':
      return acceptReceipt(services, device, stanza);
    case 'ack':
      acceptAck(services, device, stanza);
      return [];
    case 'notification':
      acceptNotification(services, device, stanza);
      return [];
    case 'presence':
      acceptPresence(services, device, stanza);
      return [];
    case 'call':
      return forwardCall(services, device, stanza);
    case 'chatstate':
      forwardTyping(services, device, stanza);
      return [];
    default:
      services.counts.add(`unknown:${stanza.tag}`);
      return [];
  }
}

function acceptAck({ office, counts }: Services, device: Device, { attrs }: Node): void {
  const { class: tag = '', id = '', to, participant, type, error } = attrs;
  counts.add(error === undefined ? 'acks' : `acks:${error}`);
  office.acknowledge(device, { tag, id, from: to, participant, type });
}

/** Only a phone tells, and only its own companions: that a file is on the media hosts again, or that it has none. */
function acceptNotification(services: Services, device: Device, stanza: Node): void {
  const { type, to, id, t } = stanza.attrs;
  const told = services.directory.device(to);
  const isOwn = device.number === 0 && told?.user === device.user;
  if (type !== 'mediaretry' || !isOwn) return services.counts.add(`unknown:notification:${type}`);
  const attrs = { id, from: deviceJid(device, domainOf(to)), type, t };
  services.office.commit(() => services.office.post(told, node('notification', attrs, stanza.content)));
}

/** `<presence/>` without a type is sent by Baileys when it has no name (protocol.md S7); it says nothing. */
function acceptPresence({ presences, directory }: Services, device: Device, { attrs }: Node): void {
  const { type, to } = attrs;
  if (type === 'available' || type === 'unavailable') presences.set(device, type === 'available');
  const user = type === 'subscribe' ? directory.user(to) : undefined;
  if (user && to) presences.subscribe(device, user, to);
}

/** To every device of the other side that is there; a call that nobody hears leaves no trace here. */
function forwardCall({ directory, office, clock }: Services, device: Device, stanza: Node): Node[] {
  const { to, id } = stanza.attrs;
  const user = directory.user(to);
  const attrs = { from: deviceJid(device, domainOf(to)), id, t: String(seconds(clock)), notify: device.user.pushName };
  for (const each of user ? directory.devicesOf(user) : []) office.tell(each, node('call', attrs, stanza.content));
  return [node('ack', { class: 'call', id, from: to })];
}

function forwardTyping({ directory, groups, office }: Services, device: Device, stanza: Node): void {
  const { to } = stanza.attrs;
  const group = isGroupJid(to) ? groups.get(to) : undefined;
  const lids = group ? [...group.participants.keys()] : [directory.user(to)?.lid];
  const what = typing(device, stanza);
  const seen = group ? { ...what, attrs: { from: group.id, participant: what.attrs.from ?? '' } } : what;
  for (const lid of lids) {
    const user = lid === device.user.lid ? undefined : directory.user(lid);
    for (const each of user ? directory.devicesOf(user) : []) office.tell(each, seen);
  }
}
