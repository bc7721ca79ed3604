/** How a companion asks its phone to put a file to the media hosts again, and what the phone answers. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { codec, definitions } from './proto.js';

export const RETRY_RESULT = { generalError: 0, success: 1, notFound: 2, decryptionError: 3 } as const;

export interface MediaRetryNotification {
  stanzaId?: string;
  directPath?: string;
  result?: number;
}

const root = definitions(`
  message ServerErrorReceipt { optional string stanzaId = 1; }
  message MediaRetryNotification {
    optional string stanzaId = 1; optional string directPath = 2; optional int32 result = 3;
  }
`);
export const serverErrorReceipt = codec<{ stanzaId?: string }>(root, 'ServerErrorReceipt');
export const mediaRetryNotification = codec<MediaRetryNotification>(root, 'MediaRetryNotification');

const TAG_BYTES = 16;

const keyOf = (mediaKey: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', mediaKey, new Uint8Array(0), 'WhatsApp Media Retry Notification', 32));

/** Bound to the id of the message that it is about. */
export function sealRetry(plain: Uint8Array, mediaKey: Uint8Array, id: string): { ciphertext: Buffer; iv: Buffer } {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(mediaKey), iv).setAAD(Buffer.from(id));
  return { ciphertext: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]), iv };
}

/** Undefined when it was not made with this key for this message. */
export function openRetry(sealed: Uint8Array, iv: Uint8Array, mediaKey: Uint8Array, id: string): Buffer | undefined {
  try {
    const body = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', keyOf(mediaKey), iv).setAAD(Buffer.from(id));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
