/** What a sender asks the network before it can encrypt: which devices a user has, and a bundle for each. */
import type { AttachedDevice, UserRecord } from '../network/device.js';
import { fromBigEndian } from '../protocol/bytes.js';
import { formatJid, LID_DOMAIN, parseJid, SERVER_JID } from '../protocol/jid.js';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import type { Bundle, SessionAddress } from '../signal/sessions.js';
import { ask } from './ask.js';

/** All devices of these users by LID, phones included; users that are not on the network are left out (B.6.1). */
export async function devicesOf(line: AttachedDevice, users: UserRecord[]): Promise<SessionAddress[]> {
  const jids = users.map(({ lid }) => node('user', { jid: formatJid(lid, LID_DOMAIN) }));
  const usync = node('usync', { context: 'message', mode: 'query', sid: '1', last: 'true', index: '0' }, [
    node('query', {}, [node('devices', { version: '2' })]),
    node('list', {}, jids),
  ]);
  const answer = await ask(line, node('iq', { to: SERVER_JID, type: 'get', xmlns: 'usync' }, [usync]));
  return children(child(child(answer, 'usync'), 'list'), 'user').flatMap(deviceList);
}

function deviceList(user: Node): SessionAddress[] {
  const lid = parseJid(user.attrs.jid)?.user ?? '';
  const list = children(child(child(user, 'devices'), 'device-list'), 'device');
  return list.map((device) => ({ user: lid, device: Number(device.attrs.id) }));
}

/** A bundle for each of these devices that has one; asking spends a one-time prekey of each (B.6.2). */
export async function bundlesOf(line: AttachedDevice, devices: SessionAddress[]): Promise<Map<SessionAddress, Bundle>> {
  if (devices.length === 0) return new Map();
  const users = devices.map(({ user, device }) => node('user', { jid: formatJid(user, LID_DOMAIN, device) }));
  const query = node('iq', { to: SERVER_JID, type: 'get', xmlns: 'encrypt' }, [node('key', {}, users)]);
  const found = new Map<SessionAddress, Bundle>();
  for (const user of children(child(await ask(line, query), 'list'), 'user')) {
    const jid = parseJid(user.attrs.jid);
    const device = devices.find((each) => each.user === jid?.user && each.device === jid.device);
    const bundle = readBundle(user);
    if (device && bundle) found.set(device, bundle);
  }
  return found;
}

/** Reads a bundle as it stands in an answer, or in the `keys` of a retry receipt. */
export function readBundle(from: Node): Bundle | undefined {
  const signed = readKey(child(from, 'skey'));
  const signature = bytesOf(child(child(from, 'skey'), 'signature'));
  const identity = bytesOf(child(from, 'identity'));
  const registration = bytesOf(child(from, 'registration'));
  if (!signed || !signature || !identity || !registration) return undefined;
  const preKey = readKey(child(from, 'key'));
  const signedPreKey = { ...signed, signature };
  return { registrationId: fromBigEndian(registration), identity, signedPreKey, ...(preKey && { preKey }) };
}

function readKey(from: Node | undefined): { id: number; key: Uint8Array } | undefined {
  const id = bytesOf(child(from, 'id'));
  const key = bytesOf(child(from, 'value'));
  return id && key ? { id: fromBigEndian(id), key } : undefined;
}
