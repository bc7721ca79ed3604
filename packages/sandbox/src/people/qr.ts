import { Refusal } from './refusal.js';

/** What a companion's QR says (protocol.md B.4.3). */
export interface QrOffer {
  ref: string;
  noise: Uint8Array;
  identity: Uint8Array;
  advSecret: Uint8Array;
  /** 1 is Chrome; empty when the QR does not say. */
  platform: string;
}

/** Reads `https://wa.me/settings/linked_devices#ref,noise,identity,advSecret,platform`, or the bare fields. */
export function parseQr(text: string): QrOffer {
  const fields = text.slice(text.indexOf('#') + 1).split(',');
  const [ref = '', noise = '', identity = '', advSecret = '', platform = ''] = fields;
  const keys = [noise, identity, advSecret].map((field) => new Uint8Array(Buffer.from(field, 'base64')));
  if (ref === '' || keys.some((key) => key.length !== 32)) {
    throw new Refusal('conflict', 'this is not the QR of a device that wants to be linked');
  }
  const [noiseKey, identityKey, secret] = keys as [Uint8Array, Uint8Array, Uint8Array];
  return { ref, noise: noiseKey, identity: identityKey, advSecret: secret, platform };
}
