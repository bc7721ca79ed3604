/**
 * The Signal keys of one device: identity, signed prekey, one-time prekeys. Private halves never leave this folder
 * and the store. Public keys are handed out raw (32 bytes); the bridge wants and gives them with the prefix 0x05.
 */
import {
  generateIdentityKeyPair,
  generatePreKey,
  generateRegistrationId,
  generateSignedPreKey,
  type KeyPair,
  type SignedPreKey,
} from 'whatsapp-rust-bridge';
import type { DeviceKeys } from '../network/device.js';
import { withoutType } from '../protocol/curve.js';
import type { KeyStep } from './key.step.js';

const FIRST_PREKEY = 1;

export class Keyring {
  constructor(
    readonly registrationId: number,
    readonly identity: KeyPair,
    readonly signedPreKey: SignedPreKey,
  ) {}

  static create(step: KeyStep): Keyring {
    const identity = generateIdentityKeyPair();
    const keyring = new Keyring(generateRegistrationId(), identity, generateSignedPreKey(identity, 1));
    keyring.save(step);
    return keyring;
  }

  static load(step: KeyStep): Keyring | undefined {
    const identity = loadPair(step, 'identity');
    const signed = loadPair(step, 'signed');
    const header = step.get('keyring');
    if (!identity || !signed || !header) return undefined;
    const view = Buffer.from(header);
    const signedPreKey = { keyId: view.readUInt32BE(4), keyPair: signed, signature: new Uint8Array(view.subarray(8)) };
    return new Keyring(view.readUInt32BE(0), identity, signedPreKey);
  }

  private save(step: KeyStep): void {
    const header = Buffer.alloc(8);
    header.writeUInt32BE(this.registrationId, 0);
    header.writeUInt32BE(this.signedPreKey.keyId, 4);
    step.put('keyring', Buffer.concat([header, this.signedPreKey.signature]));
    savePair(step, 'identity', this.identity);
    savePair(step, 'signed', this.signedPreKey.keyPair);
  }

  /** What others may know; the one-time prekeys are those made by `makePreKeys`. */
  publicKeys(preKeys: DeviceKeys['preKeys']): DeviceKeys {
    const { keyId, keyPair, signature } = this.signedPreKey;
    return {
      registrationId: this.registrationId,
      identity: withoutType(this.identity.pubKey),
      signedPreKey: { id: keyId, key: withoutType(keyPair.pubKey), signature },
      preKeys,
    };
  }
}

/** Makes one-time prekeys with ids never used before, and returns their public halves. */
export function makePreKeys(step: KeyStep, count: number): DeviceKeys['preKeys'] {
  const next = Buffer.from(step.get('nextPreKey') ?? Buffer.alloc(4)).readUInt32BE(0) || FIRST_PREKEY;
  const made = Array.from({ length: count }, (_, index) => generatePreKey(next + index));
  for (const { keyId, keyPair } of made) savePair(step, `prekey:${keyId}`, keyPair);
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(next + count);
  step.put('nextPreKey', counter);
  return made.map(({ keyId, keyPair }) => ({ id: keyId, key: withoutType(keyPair.pubKey) }));
}

export function loadPair(step: KeyStep, key: string): KeyPair | undefined {
  const bytes = step.get(key);
  return bytes && { privKey: bytes.slice(0, 32), pubKey: bytes.slice(32) };
}

function savePair(step: KeyStep, key: string, pair: KeyPair): void {
  step.put(key, Buffer.concat([pair.privKey, pair.pubKey]));
}
