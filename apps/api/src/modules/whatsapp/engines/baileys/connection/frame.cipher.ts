/** What seals a frame: AES-256-GCM with a counter for each direction (protocol.md B.2). Keys are made once, not per frame. */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
const NONE = new Uint8Array(0);

export class FrameCipher {
  private readonly out: KeyObject;
  private readonly into: KeyObject;
  private sealed = 0;
  private opened = 0;

  constructor(out: Uint8Array, into: Uint8Array) {
    this.out = createSecretKey(out);
    this.into = createSecretKey(into);
  }

  seal(content: Uint8Array): Buffer {
    return seal(this.out, this.sealed++, content, NONE);
  }

  /** Throws when it was sealed with another key, or at another place. */
  open(data: Uint8Array): Buffer {
    return openSealed(this.into, this.opened++, data, NONE);
  }
}

export function seal(key: KeyObject, counter: number, content: Uint8Array, known: Uint8Array): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce(counter));
  if (known.length > 0) cipher.setAAD(known);
  const body = cipher.update(content);
  cipher.final();
  return Buffer.concat([body, cipher.getAuthTag()]);
}

export function openSealed(key: KeyObject, counter: number, data: Uint8Array, known: Uint8Array): Buffer {
  const end = data.length - TAG_BYTES;
  if (end < 0) throw new RangeError('shorter than its tag');
  const decipher = createDecipheriv(CIPHER, key, nonce(counter), { authTagLength: TAG_BYTES });
  if (known.length > 0) decipher.setAAD(known);
  decipher.setAuthTag(data.subarray(end));
  const content = decipher.update(data.subarray(0, end));
  decipher.final();
  return content;
}

/** Used at once and by one at a time. */
const iv = Buffer.alloc(12);

function nonce(counter: number): Buffer {
  iv.writeUInt32BE(counter, 8);
  return iv;
}
