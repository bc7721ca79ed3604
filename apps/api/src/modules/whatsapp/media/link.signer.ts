/** Addresses that open one file until they run out. Whoever has one may read the file, and nothing else. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Vault } from '../sessions/vault.js';

const PURPOSE = 'media links';

export class LinkSigner {
  readonly #key: Buffer;

  constructor(vault: Pick<Vault, 'derive'>) {
    this.#key = vault.derive(PURPOSE);
  }

  /** `expires` in seconds since 1970. */
  query(mediaId: string, expires: number): string {
    return `expires=${expires}&signature=${this.#sign(mediaId, expires)}`;
  }

  opens(mediaId: string, expires: number, signature: string, now: Date): boolean {
    if (expires * 1000 < now.getTime()) return false;
    const [given, wanted] = [Buffer.from(signature), Buffer.from(this.#sign(mediaId, expires))];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  #sign(mediaId: string, expires: number): string {
    return createHmac('sha256', this.#key).update(`${mediaId} ${expires}`).digest('base64url');
  }
}
