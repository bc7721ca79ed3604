import { Buffer } from 'node:buffer';
/** Symmetric primitives under the names Baileys knows them by; Node's own implementations. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';

const SECRET_BYTES = 32;

/** AES-256-CBC with PKCS7. */
export function encrypt(key, plaintext, iv) {
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([cipher.update(plaintext), cipher.final()]);
}

export function decrypt(key, ciphertext, iv) {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

/** HMAC-SHA256, whole. */
export const calculateMAC = (key, data) => createHmac('sha256', key).update(data).digest();

/** SHA-512, as the original names it. */
export const hash = (data) => createHash('sha512').update(data).digest();

/** HKDF-SHA256, cut into `chunks` (1 to 3) secrets of 32 bytes. */
export function deriveSecrets(input, salt, info, chunks = 3) {
  const bytes = Buffer.from(hkdfSync('sha256', input, salt, info, chunks * SECRET_BYTES));
  return Array.from({ length: chunks }, (_, i) => bytes.subarray(i * SECRET_BYTES, (i + 1) * SECRET_BYTES));
}
