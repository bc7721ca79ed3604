import { children, type Node } from '../protocol/node.js';
import { LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import { ciphertexts, copy, countMissing, INVALID, keptAttrs, luggage, Refusal, senderAttrs } from './delivery.js';
import type { Delivery } from './delivery.js';
import { deviceJid, domainOf, userJid, type Device, type Domain, type User } from './directory.js';
import { ownDomain } from './hidden.number.js';
import { seconds, type Services } from './services.js';

/** To a person: to every device of the peer, and to the sender's own other devices. */
export function directDeliveries(services: Services, sender: Device, stanza: Node): Delivery[] | Refusal {
  const { directory } = services;
  const peer = directory.user(stanza.attrs.to);
  if (!peer) return new Refusal(404, 'unknown-recipient');
  const own = children(stanza, 'enc');
  if (own.length > 0) return toOneDevice(services, sender, stanza, own);
  const found = ciphertexts(services, stanza);
  if (found.size === 0) return new Refusal(INVALID, 'no-participants');
  countMissing(services, [...directory.devicesOf(peer), ...directory.devicesOf(sender.user)], sender, found);
  const domain = domainOf(stanza.attrs.to);
  const isBlocked = services.blocklists.has(peer, sender.user);
  if (isBlocked) services.counts.add('blocked');
  const concerned = [...found].filter(([device]) => device !== sender && isConcerned(device, peer, sender));
  if (concerned.length < found.size) services.counts.add('stale:strange-device', found.size - concerned.length);
  const reached = isBlocked ? concerned.filter(([device]) => device.user !== peer) : concerned;
  return reached.map(([device, enc]) => {
    const attrs = attrsFor(services, { sender, device, stanza, chat: peer, domain });
    return { device, stanza: copy(attrs, enc, luggage(stanza)) };
  });
}

/**
 * A ciphertext outside of `participants` is for the one device that the stanza is addressed to: what was asked for by
 * a retry receipt, and what own devices tell each other (`category="peer"`).
 */
function toOneDevice(services: Services, sender: Device, stanza: Node, enc: Node[]): Delivery[] | Refusal {
  const { to, recipient } = stanza.attrs;
  const device = services.directory.device(to);
  if (!device) return new Refusal(404, 'unknown-device');
  const chat = services.directory.user(recipient) ?? device.user;
  const attrs = attrsFor(services, { sender, device, stanza, chat, domain: domainOf(recipient ?? to) });
  return [{ device, stanza: copy(attrs, enc, luggage(stanza)) }];
}

function isConcerned(device: Device, peer: User, sender: Device): boolean {
  return device.user === peer || device.user === sender.user;
}

interface Copy {
  sender: Device;
  device: Device;
  stanza: Node;
  chat: User;
  domain: Domain;
}

/** On the sender's own devices the chat is named as `recipient`, as `from` is they themselves. */
function attrsFor(services: Services, copied: Copy): Record<string, string | undefined> {
  const { sender, device, stanza, chat, domain } = copied;
  const common = { ...keptAttrs(stanza), t: String(seconds(services.clock)) };
  const isOwn = device.user === sender.user;
  if (!isOwn) return { ...senderAttrs(sender, domain), ...common, notify: sender.user.pushName };
  const isPeerTalk = stanza.attrs.category === 'peer';
  const other = userJid(chat, domain === LID_DOMAIN ? PN_DOMAIN : LID_DOMAIN);
  const named = domain === LID_DOMAIN ? { peer_recipient_pn: other } : { peer_recipient_lid: other };
  const recipient = isPeerTalk ? {} : { recipient: userJid(chat, domain), ...named };
  const from = deviceJid(sender, ownDomain(services, sender.user, domain));
  return { from, ...recipient, ...common, notify: isPeerTalk ? undefined : sender.user.pushName };
}
