import { LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import { children, type Node } from '../protocol/node.js';
import { ciphertexts, copy, devicesOfMembers, INVALID, keptAttrs, luggage, Refusal } from './delivery.js';
import type { Delivery } from './delivery.js';
import { deviceJid, deviceKey, userJid, type Device } from './directory.js';
import { domainOfGroup } from './group.node.js';
import type { Group } from './groups.js';
import { seconds, type Services } from './services.js';

/** To a group: one ciphertext for all, and the sender key, sealed for each device that has not had it. */
export function groupDeliveries(services: Services, sender: Device, stanza: Node): Delivery[] | Refusal {
  const { groups, directory, counts } = services;
  const group = groups.get(stanza.attrs.to);
  if (!group) return new Refusal(404, 'unknown-group');
  const role = group.participants.get(sender.user.lid);
  if (!role) return new Refusal(403, 'not-a-member');
  if (group.announcement && role === 'member') return new Refusal(403, 'not-an-admin');
  const shared = children(stanza, 'enc');
  const attrs = attrsOf(services, group, sender, stanza);
  if (stanza.attrs.participant) return toOneMember(services, stanza, attrs, shared);
  if (shared.length === 0) return new Refusal(INVALID, 'no-participants');
  const sealed = ciphertexts(services, stanza);
  const devices = devicesOfMembers(directory, group.participants.keys());
  for (const device of sealed.keys()) if (!devices.includes(device)) counts.add('stale:strange-device');
  // One and the same for all who have the key already: it is put into bytes once.
  const plain = copy(attrs, shared, luggage(stanza));
  const stanzaFor = (enc: Node[] | undefined) => (enc ? copy(attrs, [...enc, ...shared], luggage(stanza)) : plain);
  return devices
    .filter((device) => deviceKey(device) !== deviceKey(sender))
    .map((device) => ({ device, stanza: stanzaFor(sealed.get(device)) }));
}

/** An answer to a retry receipt. */
function toOneMember(
  { directory, groups }: Services,
  stanza: Node,
  attrs: Record<string, string | undefined>,
  enc: Node[],
): Delivery[] | Refusal {
  const device = directory.device(stanza.attrs.participant);
  const isMember = device && groups.get(stanza.attrs.to)?.participants.has(device.user.lid);
  if (!device || !isMember) return new Refusal(404, 'unknown-device');
  return enc.length > 0
    ? [{ device, stanza: copy(attrs, enc, luggage(stanza)) }]
    : new Refusal(INVALID, 'no-participants');
}

function attrsOf({ clock }: Services, group: Group, sender: Device, stanza: Node): Record<string, string | undefined> {
  const { user } = sender;
  const isLid = group.addressing === 'lid';
  const other = isLid ? { participant_pn: userJid(user, PN_DOMAIN) } : { participant_lid: userJid(user, LID_DOMAIN) };
  return {
    from: group.id,
    participant: deviceJid(sender, domainOfGroup(group)),
    ...other,
    addressing_mode: group.addressing,
    notify: user.pushName,
    ...keptAttrs(stanza),
    t: String(seconds(clock)),
  };
}
