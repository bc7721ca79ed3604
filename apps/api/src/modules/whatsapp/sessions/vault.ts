import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Where a sealed value belongs: it opens there and nowhere else, so that rows cannot be swapped. */
export interface SealPlace {
  accountId: string;
  kind: string;
  id: string;
}

/** A value that does not open: another key, a flipped bit, or a row that was moved. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError';

  constructor(readonly place: SealPlace) {
    super(`A sealed record of kind ${place.kind} does not open: it was changed, moved, or sealed with another key.`);
  }
}

/**
 * Layout: 1 byte version, 8 bytes key id, 12 bytes nonce, ciphertext, 16 bytes tag. AES-256-GCM; version, key id and place
 * are authenticated. Each account has a key of its own (HKDF), so that random nonces of 96 bits serve for 2^32 writes of
 * one account and not of all.
 */
const VERSION = 1;
const HEAD = 9;
const NONCE = 12;
const TAG = 16;
const MOST_KEYS = 4096;

export class Vault {
  /** First 16 hex characters of the key's SHA-256: names it without telling it. */
  readonly keyId: string;
  readonly #head: Buffer;
  readonly #accountKeys = new Map<string, Buffer>();

  /** @param key 32 bytes */
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new Error('a vault key has 32 bytes');
    this.keyId = createHash('sha256').update(key).digest('hex').slice(0, 16);
    this.#head = Buffer.concat([Buffer.of(VERSION), Buffer.from(this.keyId, 'hex')]);
  }

  seal(place: SealPlace, value: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#accountKey(place.accountId), nonce);
    cipher.setAAD(this.#bound(place));
    const body = cipher.update(value);
    cipher.final();
    return Buffer.concat([this.#head, nonce, body, cipher.getAuthTag()]);
  }

  /** Throws `SealBrokenError`. */
  open(place: SealPlace, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes.length < HEAD + NONCE + TAG || !bytes.subarray(0, HEAD).equals(this.#head)) {
      throw new SealBrokenError(place);
    }
    const nonce = bytes.subarray(HEAD, HEAD + NONCE);
    const decipher = createDecipheriv('aes-256-gcm', this.#accountKey(place.accountId), nonce);
    decipher.setAAD(this.#bound(place));
    decipher.setAuthTag(bytes.subarray(-TAG));
    const value = decipher.update(bytes.subarray(HEAD + NONCE, -TAG));
    try {
      decipher.final();
    } catch {
      throw new SealBrokenError(place);
    }
    return value;
  }

  /** 32 bytes for another purpose of this installation; they tell nothing of the key that seals. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, '', `trunkline purpose 1 ${purpose}`, 32));
  }

  /** JSON, so that no two places spell alike. */
  #bound(place: SealPlace): Buffer {
    return Buffer.concat([this.#head, Buffer.from(JSON.stringify([place.accountId, place.kind, place.id]))]);
  }

  #accountKey(accountId: string): Buffer {
    const known = this.#accountKeys.get(accountId);
    if (known) return known;
    if (this.#accountKeys.size >= MOST_KEYS) this.#accountKeys.clear();
    const made = Buffer.from(hkdfSync('sha256', this.key, '', `trunkline vault 1 ${accountId}`, 32));
    this.#accountKeys.set(accountId, made);
    return made;
  }
}
