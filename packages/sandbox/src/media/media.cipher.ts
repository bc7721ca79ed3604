/**
 * How media are encrypted (protocol.md B.10): AES-256-CBC and ten bytes of an HMAC over iv and ciphertext, under keys made
 * from the media key and the kind. All of it in streams: a big file is never held in memory.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

export const MEDIA_TYPES = ['image', 'video', 'audio', 'document'] as const;
/** As the host names them; a sticker is an image, a voice note audio, a GIF a video. */
export type MediaType = (typeof MEDIA_TYPES)[number];

const INFO: Record<MediaType, string> = {
  image: 'WhatsApp Image Keys',
  video: 'WhatsApp Video Keys',
  audio: 'WhatsApp Audio Keys',
  document: 'WhatsApp Document Keys',
};
export const MAC_BYTES = 10;

export interface Digest {
  /** Of the plaintext and its length. */
  sha256: Buffer;
  size: number;
}

function keysOf(mediaKey: Uint8Array, type: MediaType) {
  const bytes = Buffer.from(hkdfSync('sha256', mediaKey, new Uint8Array(0), INFO[type], 112));
  return { iv: bytes.subarray(0, 16), cipher: bytes.subarray(16, 48), mac: bytes.subarray(48, 80) };
}

/** Yields the ciphertext with its mac; returns what was read. */
export async function* seal(
  plain: AsyncIterable<Uint8Array>,
  mediaKey: Uint8Array,
  type: MediaType,
): AsyncGenerator<Buffer, Digest> {
  const keys = keysOf(mediaKey, type);
  const cipher = createCipheriv('aes-256-cbc', keys.cipher, keys.iv);
  const mac = createHmac('sha256', keys.mac).update(keys.iv);
  const hash = createHash('sha256');
  let size = 0;
  const note = (bytes: Buffer): Buffer => (mac.update(bytes), bytes);
  for await (const chunk of plain) {
    hash.update(chunk);
    size += chunk.length;
    yield note(cipher.update(chunk));
  }
  yield note(cipher.final());
  yield mac.digest().subarray(0, MAC_BYTES);
  return { sha256: hash.digest(), size };
}

/** Undefined when it was not made with this key, or was changed. `sealed` comes without its mac. */
export async function unseal(
  sealed: AsyncIterable<Uint8Array>,
  mac: Uint8Array,
  mediaKey: Uint8Array,
  type: MediaType,
): Promise<Digest | undefined> {
  const keys = keysOf(mediaKey, type);
  const decipher = createDecipheriv('aes-256-cbc', keys.cipher, keys.iv);
  const proof = createHmac('sha256', keys.mac).update(keys.iv);
  const hash = createHash('sha256');
  let size = 0;
  const note = (bytes: Buffer): void => {
    hash.update(bytes);
    size += bytes.length;
  };
  for await (const chunk of sealed) {
    proof.update(chunk);
    note(decipher.update(chunk));
  }
  if (!proof.digest().subarray(0, MAC_BYTES).equals(mac)) return undefined;
  note(decipher.final());
  return { sha256: hash.digest(), size };
}
