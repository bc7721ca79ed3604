/** The keys of one file (protocol.md B.10). */
import { hkdfSync } from 'node:crypto';
import type { MediaType } from '../../media.js';

const INFO: Record<MediaType, string> = {
  image: 'WhatsApp Image Keys',
  video: 'WhatsApp Video Keys',
  audio: 'WhatsApp Audio Keys',
  document: 'WhatsApp Document Keys',
};

export interface MediaKeys {
  iv: Buffer;
  cipher: Buffer;
  mac: Buffer;
}

export function mediaKeys(key: Uint8Array, type: MediaType): MediaKeys {
  const bytes = Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), INFO[type], 112));
  return { iv: bytes.subarray(0, 16), cipher: bytes.subarray(16, 48), mac: bytes.subarray(48, 80) };
}
