/**
 * The symmetric state of a Noise handshake as WhatsApp runs it (protocol.md B.2): SHA-256, AES-256-GCM with an empty
 * associated data field after the handshake, one key for both directions before it.
 */
import { createCipheriv, createDecipheriv, createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { toBigEndian } from './bytes.js';
import { agree } from './curve.js';

const TAG_LENGTH = 16;
const NO_BYTES = new Uint8Array(0);

function nonce(counter: number): Buffer {
  return Buffer.concat([Buffer.alloc(8), toBigEndian(counter, 4)]);
}

function seal(key: KeyObject | Uint8Array, counter: number, associated: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(counter));
  cipher.setAAD(associated);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: KeyObject | Uint8Array, counter: number, associated: Uint8Array, sealed: Uint8Array): Buffer {
  if (sealed.length < TAG_LENGTH) throw new RangeError('shorter than its tag');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(counter));
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_LENGTH));
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_LENGTH)), decipher.final()]);
}

/** One direction after the handshake: the counter is never sent, so a lost frame breaks all that follow. */
export class TransportCipher {
  private counter = 0;
  /** Made once: to make it of bytes for each frame costs three times what the cipher does. */
  private readonly key: KeyObject;

  constructor(key: Uint8Array) {
    this.key = createSecretKey(key);
  }

  encrypt(plain: Uint8Array): Buffer {
    return seal(this.key, this.counter++, NO_BYTES, plain);
  }

  decrypt(sealed: Uint8Array): Buffer {
    return open(this.key, this.counter++, NO_BYTES, sealed);
  }
}

export class NoiseState {
  private hash: Uint8Array;
  private salt: Uint8Array;
  private key: Uint8Array;
  private counter = 0;

  constructor(pattern: string, prologue: Uint8Array) {
    const name = Buffer.from(pattern);
    this.hash = name.length === 32 ? name : name.length < 32 ? Buffer.concat([name], 32) : sha256(name);
    this.salt = this.hash;
    this.key = this.hash;
    this.authenticate(prologue);
  }

  authenticate(bytes: Uint8Array): void {
    this.hash = sha256(this.hash, bytes);
  }

  mixAgreement(privateKey: Uint8Array, publicKey: Uint8Array): void {
    const [salt, key] = expand(agree(privateKey, publicKey), this.salt);
    this.salt = salt;
    this.key = key;
    this.counter = 0;
  }

  encrypt(plain: Uint8Array): Buffer {
    const sealed = seal(this.key, this.counter++, this.hash, plain);
    this.authenticate(sealed);
    return sealed;
  }

  decrypt(sealed: Uint8Array): Buffer {
    const plain = open(this.key, this.counter++, this.hash, sealed);
    this.authenticate(sealed);
    return plain;
  }

  /** The first key carries what the initiator (the client) sends, the second what the responder sends. */
  split(): { fromInitiator: Uint8Array; fromResponder: Uint8Array } {
    const [fromInitiator, fromResponder] = expand(NO_BYTES, this.salt);
    return { fromInitiator, fromResponder };
  }
}

function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function expand(input: Uint8Array, salt: Uint8Array): [Uint8Array, Uint8Array] {
  const bytes = new Uint8Array(hkdfSync('sha256', input, salt, NO_BYTES, 64));
  return [bytes.subarray(0, 32), bytes.subarray(32)];
}
