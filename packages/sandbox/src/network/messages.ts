/**
 * Messages on their way (protocol.md B.6, B.7, B.8): the sender names every device and encrypts for each; the network
 * hands each device its own ciphertext, keeps it until it is acknowledged, and acks to the sender what is durable.
 */
import { isGroupJid, STATUS_JID } from '../protocol/jid.js';
import { node, type Node } from '../protocol/node.js';
import { alterCiphertexts } from './altered.js';
import { deviceKey, type Device } from './directory.js';
import { Refusal, type Delivery } from './delivery.js';
import { directDeliveries } from './messages.direct.js';
import { groupDeliveries } from './messages.group.js';
import { statusDeliveries } from './messages.status.js';
import { seconds, type Services } from './services.js';

/** What WhatsApp refuses a message with that its sender may not write first. */
const COLD = 463;

/** What a message is known by, to a device that gets it twice. */
export function onceOf(sender: Device, id: string): string {
  return `${deviceKey(sender)}:${id}`;
}

export function acceptMessage(services: Services, sender: Device, stanza: Node): Node[] {
  const { faults, counts } = services;
  counts.add('messages');
  if (isLockedOut(services, sender, stanza)) return [ack(services, stanza, COLD)];
  const moment = { account: sender.user.pn, phase: 'sending' } as const;
  const effect = faults.strike(moment, ['nack', 'lost-ack', 'lost-message', 'altered-message']);
  if (effect) counts.add(`faults:${effect.kind}`);
  if (effect?.kind === 'nack') return [ack(services, stanza, effect.code)];
  if (effect?.kind === 'lost-message') return [];
  const error = deliver(services, sender, effect?.kind === 'altered-message' ? alterCiphertexts(stanza) : stanza);
  if (error) counts.add(`refused:${error.cause}`);
  return effect?.kind === 'lost-ack' ? [] : [ack(services, stanza, error?.code)];
}

/** By a time-lock that stands: to a person who has not written to the account. */
function isLockedOut({ faults, directory, acquaintances }: Services, sender: Device, { attrs }: Node): boolean {
  if (!faults.stands(sender.user.pn, 'time-lock') || attrs.category === 'peer') return false;
  const peer = directory.user(attrs.to);
  return peer !== undefined && peer !== sender.user && !acquaintances.hasWritten(peer, sender.user);
}

function deliver(services: Services, sender: Device, stanza: Node): Refusal | undefined {
  const { office, counts } = services;
  const deliveries = deliveriesOf(services, sender, stanza);
  if (deliveries instanceof Refusal) return deliveries;
  const once = onceOf(sender, stanza.attrs.id ?? '');
  office.commit(() => {
    for (const { device, stanza: mail } of deliveries) {
      // To post a status is to write to nobody.
      if (stanza.attrs.to !== STATUS_JID) greet(services, sender, device);
      if (!office.post(device, mail, once)) counts.add('duplicates');
    }
  });
  return undefined;
}

function greet({ acquaintances }: Services, sender: Device, device: Device): void {
  acquaintances.meet(sender.user, device.user);
  acquaintances.wrote(sender.user, device.user);
}

function deliveriesOf(services: Services, sender: Device, stanza: Node): Delivery[] | Refusal {
  if (!stanza.attrs.id) return new Refusal(400, 'no-id');
  if (isGroupJid(stanza.attrs.to)) return groupDeliveries(services, sender, stanza);
  if (stanza.attrs.to === STATUS_JID) return statusDeliveries(services, sender, stanza);
  return directDeliveries(services, sender, stanza);
}

/** From whom it was sent to; `error` says that it went nowhere. */
function ack({ clock, counts }: Services, { attrs }: Node, error?: number): Node {
  counts.add(error === undefined ? 'acked' : `nacked:${error}`);
  const { id, to, type, participant } = attrs;
  const t = String(seconds(clock));
  return node('ack', { class: 'message', id, from: to, type, participant, t, error: error?.toString() });
}
