/** `encrypt`: a device's own key bundle, and the bundles of others (protocol.md B.5, B.6). */
import { createHash } from 'node:crypto';
import { fromBigEndian, sameBytes, toBigEndian } from '../../protocol/bytes.js';
import { verify, withType } from '../../protocol/curve.js';
import { bytesOf, child, children, node, type Node } from '../../protocol/node.js';
import type { DeviceKeys } from '../device.js';
import type { Device } from '../directory.js';
import type { Services } from '../services.js';
import { giveBundle, keysOf } from './bundle.js';
import { QueryError, type Answer, type Query } from './query.js';

const KEY_TYPE = Uint8Array.of(5);
const NONE = new Uint8Array();

export function prekeys(query: Query): Answer {
  const { iq } = query;
  if (iq.attrs.type === 'set') {
    if (child(iq, 'rotate')) rotate(query, child(iq, 'rotate'));
    else if (child(iq, 'list')) upload(query);
    return undefined;
  }
  if (child(iq, 'count')) return [node('count', { value: String(query.services.prekeys.count(query.device)) })];
  if (child(iq, 'digest')) return [digest(query)];
  if (child(iq, 'key')) return [bundles(query, child(iq, 'key'))];
  if (child(iq, 'key_fetch')) return [missingKeys(query, child(iq, 'key_fetch'))];
  if (child(iq, 'identity')) return [identities(query, child(iq, 'identity'))];
  return undefined;
}

function upload({ device, iq, services }: Query): void {
  const identity = bytesOf(child(iq, 'identity')) ?? NONE;
  if (!sameBytes(identity, device.keys.identity)) throw refused(services, 'identity');
  const signedPreKey = signedKey(child(iq, 'skey'), device, services);
  const keys = children(child(iq, 'list'), 'key').map(publicKey);
  if (keys.some(({ key }) => key.length !== 32)) throw refused(services, 'prekey');
  const registrationId = fromBigEndian(bytesOf(child(iq, 'registration')) ?? Uint8Array.of(0));
  services.counts.add('prekeys:uploaded', keys.length);
  services.store.transaction(() => {
    device.keys = { ...device.keys, registrationId, signedPreKey };
    services.directory.putDevice(device);
    services.prekeys.add(device, keys);
  });
}

function rotate({ device, services }: Query, what: Node | undefined): void {
  device.keys = { ...device.keys, signedPreKey: signedKey(child(what, 'skey'), device, services) };
  services.directory.putDevice(device);
}

/** Nothing of this is checked by a client: a forged signed prekey would go on to every contact. */
function signedKey(skey: Node | undefined, device: Device, services: Services): DeviceKeys['signedPreKey'] {
  const signature = bytesOf(child(skey, 'signature')) ?? NONE;
  const { id, key } = publicKey(skey);
  if (key.length !== 32 || !verify(device.keys.identity, withType(key), signature))
    throw refused(services, 'signed-prekey');
  return { id, key, signature };
}

function publicKey(from: Node | undefined): { id: number; key: Uint8Array } {
  const id = bytesOf(child(from, 'id'));
  return { id: id?.length ? fromBigEndian(id) : 0, key: bytesOf(child(from, 'value')) ?? NONE };
}

function refused(services: Services, cause: string): QueryError {
  services.counts.add(`refused:${cause}`);
  return new QueryError(406, 'not-acceptable');
}

/** What the server has of the asker's keys; the hash is over the keys alone, in the order of the list. */
function digest({ device, services }: Query): Node {
  const { registrationId, identity, signedPreKey } = device.keys;
  const list = services.prekeys.list(device);
  const hash = createHash('sha1').update(identity).update(signedPreKey.key).update(signedPreKey.signature);
  for (const { key } of list) hash.update(key);
  return node('digest', {}, [
    node('registration', {}, toBigEndian(registrationId, 4)),
    node('type', {}, KEY_TYPE),
    node('identity', {}, identity),
    skey(signedPreKey),
    node(
      'list',
      {},
      list.map(({ id }) => node('id', {}, toBigEndian(id, 3))),
    ),
    node('hash', {}, hash.digest()),
  ]);
}

export function skey({ id, key, signature }: DeviceKeys['signedPreKey']): Node {
  const content = [node('id', {}, toBigEndian(id, 3)), node('value', {}, key), node('signature', {}, signature)];
  return node('skey', {}, content);
}

/** One error inside makes a client throw the whole answer away, so devices that are not there are left out. */
function bundles({ services }: Query, asked: Node | undefined): Node {
  const users = children(asked, 'user').flatMap(({ attrs: { jid } }) => {
    const device = services.directory.device(jid);
    if (device && jid) return [giveBundle(services, device, jid)];
    services.counts.add('refused:bundle-of-nobody');
    return [];
  });
  return node('list', {}, users);
}

/** Bundles by user and device, for those whose registration id is not what the asker believes. */
function missingKeys({ services }: Query, asked: Node | undefined): Node {
  const users = children(asked, 'user').map(({ attrs: { jid }, content }) => {
    const wanted = Array.isArray(content) ? content.map(({ attrs }) => Number(attrs.id)) : [];
    const user = services.directory.user(jid);
    const devices = user ? services.directory.devicesOf(user).filter(({ number }) => wanted.includes(number)) : [];
    const bundles = devices.map((device) => node('device', { id: String(device.number) }, keysOf(services, device)));
    return node('user', { jid }, bundles);
  });
  return node('list', {}, users);
}

function identities({ services }: Query, asked: Node | undefined): Node {
  const users = children(asked, 'user').flatMap(({ attrs: { jid } }) => {
    const device = services.directory.device(jid);
    const content = device && [node('type', {}, KEY_TYPE), node('identity', {}, device.keys.identity)];
    return content ? [node('user', { jid }, content)] : [];
  });
  return node('list', {}, users);
}
