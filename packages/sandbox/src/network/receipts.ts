/**
 * Receipts (protocol.md B.6.6): to the network they say that a stanza has arrived; then they go to the author of the
 * message, to all devices but for a retry, which is the business of the device that sent it. (`server-error` is none:
 * a companion asks its phone for a file that the media hosts have lost.)
 */
import { children, node, type Node } from '../protocol/node.js';
import { isGroupJid, parseJid } from '../protocol/jid.js';
import { deviceJid, deviceKey, domainOf, type Device } from './directory.js';
import { domainOfGroup } from './group.node.js';
import { ownDomain } from './hidden.number.js';
import { onceOf } from './messages.js';
import { seconds, type Services } from './services.js';

export function acceptReceipt(services: Services, reader: Device, stanza: Node): Node[] {
  const { office, counts } = services;
  const { type = 'delivered', to, participant } = stanza.attrs;
  counts.add(`receipts:${type}`);
  office.commit(() => {
    for (const id of idsOf(stanza)) {
      if (type !== 'server-error')
        office.acknowledge(reader, { tag: 'message', id, from: isGroupJid(to) ? to : undefined, participant });
      if (type === 'retry') askAgain(services, reader, stanza, id);
    }
    forward(services, reader, stanza);
  });
  return [ack(services, stanza)];
}

function idsOf(stanza: Node): string[] {
  const more = children(stanza, 'list').flatMap((list) => children(list, 'item').map(({ attrs }) => attrs.id ?? ''));
  return [stanza.attrs.id ?? '', ...more];
}

/** What this device could not read may come to it a second time under the same id. */
function askAgain({ office, directory }: Services, reader: Device, { attrs }: Node, id: string): void {
  const author = directory.device(isGroupJid(attrs.to) ? attrs.participant : attrs.to);
  if (author) office.wantsAgain(reader, onceOf(author, id));
}

/** Own devices tell each other what was read (`read-self`), and the phone what arrived (`sender`). */
function forward(services: Services, reader: Device, stanza: Node): void {
  const { directory, office, counts } = services;
  const { to, participant, type } = stanza.attrs;
  const author = isGroupJid(to) ? participant : to;
  const user = directory.user(author);
  if (!user) return counts.add('receipts:to-nobody');
  const only = type === 'retry' || type === 'server-error' ? (parseJid(author)?.device ?? 0) : undefined;
  const readers = type === 'read-self' ? reader.user : user;
  for (const device of directory.devicesOf(readers)) {
    if (deviceKey(device) === deviceKey(reader)) continue;
    if (only === undefined || device.number === only) office.post(device, seenBy(services, reader, device, stanza));
  }
}

function seenBy(services: Services, reader: Device, told: Device, stanza: Node): Node {
  const { clock, groups } = services;
  const { id, type, to, recipient, participant } = stanza.attrs;
  const group = isGroupJid(to) ? groups.get(to) : undefined;
  const domain = told.user === reader.user ? ownDomain(services, reader.user, domainOf(to)) : domainOf(to);
  const from = group ? group.id : deviceJid(reader, domain);
  const who = group ? deviceJid(reader, domainOfGroup(group)) : undefined;
  const own =
    type === 'read-self' ? { recipient: group ? undefined : to, participant } : { recipient, participant: who };
  return node('receipt', { id, from, type, t: String(seconds(clock)), ...own }, stanza.content);
}

function ack({ clock }: Services, { attrs }: Node): Node {
  const { id, to, type, participant } = attrs;
  return node('ack', { class: 'receipt', id, from: to, type, participant, t: String(seconds(clock)) });
}
