/**
 * Encrypts and decrypts files as they pass: AES-256-CBC, then ten bytes of an HMAC over iv and ciphertext (protocol.md B.10).
 * A chunk is held at a time, and on the way in the last ten bytes, which may turn out to be the mac.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import type { MediaKeys } from './media.keys.js';

export const MAC_BYTES = 10;
const BLOCK = 16;

/** It is not what its sender said, or was changed on the way. */
export class CorruptMedia extends Error {
  override name = 'CorruptMedia';
}

/** How long a file is once it is encrypted. */
export const sealedSize = (size: number): number => size - (size % BLOCK) + BLOCK + MAC_BYTES;

export interface Sealed {
  sha256: Buffer;
  encSha256: Buffer;
  size: number;
}

/** Returns what passed, after it has. */
export async function* encrypt(
  plain: AsyncIterable<Uint8Array>,
  keys: MediaKeys,
): AsyncGenerator<Buffer, Sealed, undefined> {
  const cipher = createCipheriv('aes-256-cbc', keys.cipher, keys.iv);
  const mac = createHmac('sha256', keys.mac).update(keys.iv);
  const [hash, encHash] = [createHash('sha256'), createHash('sha256')];
  let size = 0;
  const seen = (bytes: Buffer): Buffer => {
    mac.update(bytes);
    encHash.update(bytes);
    return bytes;
  };
  for await (const chunk of plain) {
    size += chunk.length;
    hash.update(chunk);
    const bytes = cipher.update(chunk);
    if (bytes.length > 0) yield seen(bytes);
  }
  yield seen(cipher.final());
  const proof = mac.digest().subarray(0, MAC_BYTES);
  encHash.update(proof);
  yield proof;
  return { sha256: hash.digest(), encSha256: encHash.digest(), size };
}

export interface Expected {
  sha256: Buffer | null;
  encSha256: Buffer | null;
  size: number | null;
}

/** Throws `CorruptMedia` after the last bytes that were whole; only a file that ended well is one. */
export async function* decrypt(
  sealed: AsyncIterable<Uint8Array>,
  keys: MediaKeys,
  expected: Expected,
): AsyncGenerator<Buffer, void, undefined> {
  const decipher = createDecipheriv('aes-256-cbc', keys.cipher, keys.iv);
  const mac = createHmac('sha256', keys.mac).update(keys.iv);
  const [hash, encHash] = [createHash('sha256'), createHash('sha256')];
  let size = 0;
  const opened = (bytes: Buffer): Buffer => {
    size += bytes.length;
    hash.update(bytes);
    return bytes;
  };
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of sealed) {
    encHash.update(chunk);
    const held = Buffer.concat([tail, chunk]);
    const body = held.subarray(0, Math.max(0, held.length - MAC_BYTES));
    tail = held.subarray(body.length);
    mac.update(body);
    const bytes = decipher.update(body);
    if (bytes.length > 0) yield opened(bytes);
  }
  if (!mac.digest().subarray(0, MAC_BYTES).equals(tail)) throw new CorruptMedia('the mac does not fit');
  const last = opened(finalOf(decipher));
  check(expected, { sha256: hash.digest(), encSha256: encHash.digest(), size });
  if (last.length > 0) yield last;
}

/** Of what lies in clear: throws `CorruptMedia` after the last bytes where they are not the ones meant. */
export async function* verify(
  plain: AsyncIterable<Buffer>,
  expected: Pick<Expected, 'sha256' | 'size'>,
): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of plain) {
    size += chunk.length;
    hash.update(chunk);
    yield chunk;
  }
  check({ ...expected, encSha256: null }, { sha256: hash.digest(), encSha256: Buffer.alloc(0), size });
}

function finalOf(decipher: { final(): Buffer }): Buffer {
  try {
    return decipher.final();
  } catch {
    throw new CorruptMedia('the padding does not fit');
  }
}

function check(expected: Expected, found: Sealed): void {
  if (expected.encSha256 && !expected.encSha256.equals(found.encSha256)) throw new CorruptMedia('not the file meant');
  if (expected.sha256 && !expected.sha256.equals(found.sha256)) throw new CorruptMedia('the hash does not fit');
  if (expected.size !== null && expected.size !== found.size) throw new CorruptMedia('the length does not fit');
}
