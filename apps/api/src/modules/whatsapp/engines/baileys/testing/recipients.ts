/** People, devices and groups as the network tells of them to those who write, for specs of single parts. */
import { Curve, encodeBigEndian, initAuthCreds, type BinaryNode } from 'baileys';
import type { PhoneDigits } from '../../../jid.js';
import { node } from './fake-network.js';

/** Whom the specs write to, as the network names her. */
export const ada = '7@s.whatsapp.net';
export const person = { phone: '7' as PhoneDigits, lid: null };

/** The server's answer about devices. */
export function deviceAnswer(users: Record<string, { devices: number[]; lid?: string }>): BinaryNode[] {
  const list = Object.entries(users).map(([jid, { devices, lid }]) =>
    node('user', { jid }, [
      node('devices', {}, [
        node(
          'device-list',
          {},
          devices.map((id) => node('device', { id: String(id), ...(id ? { 'key-index': '1' } : {}) })),
        ),
      ]),
      ...(lid ? [node('lid', { val: lid })] : []),
    ]),
  );
  return [node('usync', {}, [node('result'), node('list', {}, list)])];
}

/** Bundles for whoever is asked for. */
export function bundles(query: BinaryNode, forged = false): BinaryNode[] {
  const [key] = query.content as BinaryNode[];
  const users = (key?.content as BinaryNode[]).map(({ attrs }) => {
    const { signedIdentityKey, signedPreKey, registrationId } = initAuthCreds();
    const oneTime = Curve.generateKeyPair();
    return node('user', { jid: attrs.jid ?? '' }, [
      node('registration', {}, encodeBigEndian(registrationId)),
      node('type', {}, Buffer.from([5])),
      node('identity', {}, signedIdentityKey.public),
      node('skey', {}, [
        node('id', {}, encodeBigEndian(signedPreKey.keyId, 3)),
        node('value', {}, signedPreKey.keyPair.public),
        node('signature', {}, forged ? Buffer.alloc(64, 1) : signedPreKey.signature),
      ]),
      node('key', {}, [node('id', {}, encodeBigEndian(9, 3)), node('value', {}, oneTime.public)]),
    ]);
  });
  return [node('list', {}, users)];
}

/** A network on which Ada (phone and one companion) and our own phone can be written to. */
export function friendly(query: BinaryNode): BinaryNode[] {
  const own = '100@s.whatsapp.net';
  if (query.attrs.xmlns === 'usync')
    return deviceAnswer({ [ada]: { devices: [0, 2], lid: '77@lid' }, [own]: { devices: [0, 3] } });
  return query.attrs.xmlns === 'encrypt' ? bundles(query) : [];
}

export const hello = (waId: string) => ({ waId, to: person, content: { kind: 'text' as const, text: 'hello' } });
/** Whom a stanza was sealed for. */
export const toOf = (stanza: BinaryNode | undefined): string[] =>
  (stanza?.content as BinaryNode[])
    .filter(({ tag }) => tag === 'participants')
    .flatMap(({ content }) => (content as BinaryNode[]).map(({ attrs }) => attrs.jid ?? ''));

/** A group as the network tells of it. */
export const groupNode = (
  participants: BinaryNode[],
  attrs: Record<string, string> = {},
  flags: string[] = [],
): BinaryNode =>
  node('group', { id: '1', subject: 'Friends', addressing_mode: 'lid', ...attrs }, [
    ...flags.map((flag) => node(flag)),
    ...participants,
  ]);

export const member = (phone: string, lid: string, type?: string): BinaryNode =>
  node('participant', { jid: `${lid}@lid`, phone_number: `${phone}@s.whatsapp.net`, ...(type ? { type } : {}) });
