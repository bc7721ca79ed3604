import { randomBytes } from 'node:crypto';
import { toBigEndian } from '../../protocol/bytes.js';
import { SERVER_JID } from '../../protocol/jid.js';
import { node, type Node } from '../../protocol/node.js';
import type { Device } from '../directory.js';
import { seconds, type Services } from '../services.js';
import { skey } from './prekeys.js';

const KEY_TYPE = Uint8Array.of(5);
/** Below it a client uploads more. */
const FEW = 5;

/** A device's keys for somebody who starts a session with it. */
export function giveBundle(services: Services, device: Device, jid: string): Node {
  return node('user', { jid }, keysOf(services, device));
}

/** With a one-time prekey, until they are spent. */
export function keysOf(services: Services, device: Device): Node[] {
  const { registrationId, identity, signedPreKey } = device.keys;
  const oneTime = takePreKey(services, device);
  const registration = node('registration', {}, toBigEndian(registrationId, 4));
  const keys = [registration, node('type', {}, KEY_TYPE), node('identity', {}, identity), skey(signedPreKey)];
  return oneTime ? [...keys, oneTime] : keys;
}

function takePreKey(services: Services, device: Device): Node | undefined {
  const { prekeys, counts, office } = services;
  return office.commit(() => {
    const taken = prekeys.take(device);
    counts.add(taken ? 'prekeys:given' : 'prekeys:none-left');
    if (taken && prekeys.count(device) === FEW - 1) office.post(device, lowNotice(services, FEW - 1));
    return taken && node('key', {}, [node('id', {}, toBigEndian(taken.id, 3)), node('value', {}, taken.key)]);
  });
}

function lowNotice({ clock }: Services, value: number): Node {
  const id = randomBytes(6).toString('hex');
  const attrs = { from: SERVER_JID, type: 'encrypt', id, t: String(seconds(clock)) };
  return node('notification', attrs, [node('count', { value: String(value) })]);
}
