/** Encrypts one plaintext for many devices: the `participants` of a stanza (protocol.md B.6.3, B.6.4). */
import { randomBytes } from 'node:crypto';
import { encodeSignedDeviceIdentity, proto, type AuthenticationCreds, type BinaryNode } from 'baileys';
import { pad } from '../inbound/plaintext.js';
import type { Encrypted, Sessions } from '../signal/sessions.js';

export interface Recipient {
  device: string;
  message: proto.IMessage;
}

export interface Envelopes {
  nodes: BinaryNode[];
  devices: string[];
  /** One of them opens a session, and needs to be told who vouches for us. */
  needsIdentity: boolean;
}

export async function encryptEach(
  sessions: Sessions,
  recipients: readonly Recipient[],
  encAttrs: Record<string, string>,
): Promise<Envelopes> {
  const sealed = await Promise.all(recipients.map((recipient) => encryptOne(sessions, recipient)));
  const done = sealed.filter((one) => one !== null);
  return {
    nodes: done.map(({ device, encrypted }) => toNode(device, encrypted, encAttrs)),
    devices: done.map(({ device }) => device),
    needsIdentity: done.some(({ encrypted }) => encrypted.type === 'pkmsg'),
  };
}

export const encode = (message: proto.IMessage): Uint8Array =>
  pad(proto.Message.encode(message).finish(), 1 + ((randomBytes(1)[0] ?? 0) & 0x0f));

export const encNode = (
  { type, ciphertext }: { type: Encrypted['type'] | 'skmsg'; ciphertext: Uint8Array },
  attrs: Record<string, string>,
): BinaryNode => ({
  tag: 'enc',
  attrs: { v: '2', type, ...attrs },
  content: ciphertext,
});

export function identityNode({ account }: AuthenticationCreds): BinaryNode {
  if (!account) throw new Error('not linked');
  return { tag: 'device-identity', attrs: {}, content: encodeSignedDeviceIdentity(account, true) };
}

/** A device that lost its session meanwhile is left out; the others are not kept waiting for it. */
async function encryptOne(sessions: Sessions, { device, message }: Recipient) {
  try {
    return { device, encrypted: await sessions.encrypt(device, encode(message)) };
  } catch {
    return null;
  }
}

const toNode = (jid: string, encrypted: Encrypted, attrs: Record<string, string>): BinaryNode => ({
  tag: 'to',
  attrs: { jid },
  content: [encNode(encrypted, attrs)],
});
