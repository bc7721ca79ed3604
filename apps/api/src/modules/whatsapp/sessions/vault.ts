import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Where a sealed value belongs: it opens there and nowhere else, so that rows cannot be swapped. */
export interface SealPlace {
  accountId: string;
  kind: string;
  id: string;
}

/** `key`: sealed with a key that is not here. `changed`: a flipped bit, or a row that was moved. */
export type BrokenSeal = 'key' | 'changed';

/** A value that does not open. */
export class SealBrokenError extends Error {
  override name = 'SealBrokenError';

  constructor(
    readonly place: SealPlace,
    readonly why: BrokenSeal,
  ) {
    const because = why === 'key' ? 'it was sealed with another key' : 'it was changed or moved';
    super(`A sealed record of kind ${place.kind} does not open: ${because}.`);
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

/** First 16 hex characters of the key's SHA-256: names it without telling it. */
export const keyIdOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 16);

/** What every value begins with that the key of this id sealed. */
export const headOf = (keyId: string): Buffer => Buffer.concat([Buffer.of(VERSION), Buffer.from(keyId, 'hex')]);

/** Seals and opens with one key. */
class VaultKey {
  readonly id: string;
  readonly head: Buffer;
  /** Ready for ciphers: to make one of bytes costs three times what it then seals a record for. */
  readonly #accountKeys = new Map<string, KeyObject>();

  /** @param bytes 32 */
  constructor(readonly bytes: Buffer) {
    if (bytes.length !== 32) throw new Error('a vault key has 32 bytes');
    this.id = keyIdOf(bytes);
    this.head = headOf(this.id);
  }

  seal(place: SealPlace, value: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#accountKey(place.accountId), nonce);
    cipher.setAAD(this.#bound(place));
    const body = cipher.update(value);
    cipher.final();
    return Buffer.concat([this.head, nonce, body, cipher.getAuthTag()]);
  }

  open(place: SealPlace, bytes: Buffer): Buffer {
    if (bytes.length < HEAD + NONCE + TAG) throw new SealBrokenError(place, 'changed');
    const nonce = bytes.subarray(HEAD, HEAD + NONCE);
    const decipher = createDecipheriv('aes-256-gcm', this.#accountKey(place.accountId), nonce);
    decipher.setAAD(this.#bound(place));
    decipher.setAuthTag(bytes.subarray(-TAG));
    const value = decipher.update(bytes.subarray(HEAD + NONCE, -TAG));
    try {
      decipher.final();
    } catch {
      throw new SealBrokenError(place, 'changed');
    }
    return value;
  }

  /** JSON, so that no two places spell alike. */
  #bound(place: SealPlace): Buffer {
    return Buffer.concat([this.head, Buffer.from(JSON.stringify([place.accountId, place.kind, place.id]))]);
  }

  #accountKey(accountId: string): KeyObject {
    const known = this.#accountKeys.get(accountId);
    if (known) return known;
    if (this.#accountKeys.size >= MOST_KEYS) this.#accountKeys.clear();
    const made = createSecretKey(Buffer.from(hkdfSync('sha256', this.bytes, '', `trunkline vault 1 ${accountId}`, 32)));
    this.#accountKeys.set(accountId, made);
    return made;
  }
}

/** One key seals; it and any others open. While a key is rotated there are two (`keys/rotation.ts`). */
export class Vault {
  #keys = new Map<string, VaultKey>();
  #sealing: VaultKey;

  /** @param key 32 bytes, as each of the others */
  constructor(key: Buffer, ...others: readonly Buffer[]) {
    for (const bytes of [key, ...others]) this.#learn(bytes);
    this.#sealing = this.#keys.get(keyIdOf(key))!;
  }

  /** Of the key that seals. */
  get keyId(): string {
    return this.#sealing.id;
  }

  /** Of all keys that open here. */
  get keyIds(): string[] {
    return [...this.#keys.keys()];
  }

  /** From now on these open, and the one of this id seals. Changes nothing and answers false when that is not among them. */
  adopt(keys: readonly Buffer[], sealing: string): boolean {
    if (!keys.some((key) => keyIdOf(key) === sealing)) return false;
    const before = this.#keys;
    this.#keys = new Map();
    for (const bytes of keys) this.#learn(bytes, before);
    this.#sealing = this.#keys.get(sealing)!;
    return true;
  }

  seal(place: SealPlace, value: Uint8Array): Buffer {
    return this.#sealing.seal(place, value);
  }

  /** Throws `SealBrokenError`. */
  open(place: SealPlace, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const key = this.#keys.get(bytes.subarray(1, HEAD).toString('hex'));
    if (!key || bytes[0] !== VERSION) throw new SealBrokenError(place, 'key');
    return key.open(place, bytes);
  }

  /** The same value, sealed with the key that seals now. Throws `SealBrokenError`. */
  renew(place: SealPlace, sealed: Buffer): Buffer {
    return sealed.subarray(0, HEAD).equals(this.#sealing.head) ? sealed : this.seal(place, this.open(place, sealed));
  }

  /** 32 bytes for another purpose of this installation; they tell nothing of the key that seals, and change with it. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#sealing.bytes, '', `trunkline purpose 1 ${purpose}`, 32));
  }

  #learn(bytes: Buffer, known: ReadonlyMap<string, VaultKey> = this.#keys): void {
    const id = keyIdOf(bytes);
    this.#keys.set(id, known.get(id) ?? new VaultKey(bytes));
  }
}
