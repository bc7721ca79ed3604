import { children, type Node } from '../protocol/node.js';
import { LID_DOMAIN, PN_DOMAIN, STATUS_JID } from '../protocol/jid.js';
import { ciphertexts, copy, INVALID, keptAttrs, luggage, Refusal, type Delivery } from './delivery.js';
import { deviceJid, domainOf, userJid, type Device } from './directory.js';
import { seconds, type Services } from './services.js';

/**
 * A status: one ciphertext for all who are named, and the sender key beside it for those who have not had it. Phones are
 * left out, as nobody looks at their screens.
 */
export function statusDeliveries(services: Services, sender: Device, stanza: Node): Delivery[] | Refusal {
  const shared = children(stanza, 'enc');
  const named = ciphertexts(services, stanza);
  if (shared.length === 0 || named.size === 0) return new Refusal(INVALID, 'no-participants');
  const attrs = attrsOf(services, sender, stanza);
  return [...named]
    .filter(([device]) => device.number > 0 && device !== sender)
    .map(([device, keys]) => ({ device, stanza: copy(attrs, [...keys, ...shared], luggage(stanza)) }));
}

function attrsOf({ clock }: Services, sender: Device, stanza: Node): Record<string, string | undefined> {
  const isLid = domainOf(stanza.attrs.participant) === LID_DOMAIN;
  const other = isLid
    ? { participant_pn: userJid(sender.user, PN_DOMAIN) }
    : { participant_lid: userJid(sender.user, LID_DOMAIN) };
  return {
    from: STATUS_JID,
    participant: deviceJid(sender, isLid ? LID_DOMAIN : PN_DOMAIN),
    ...other,
    notify: sender.user.pushName,
    ...keptAttrs(stanza),
    t: String(seconds(clock)),
  };
}
