import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const keyBytes = 32;
/** Enough to tell keys apart, too little to help a guess. */
const shownCharacters = 8;

/** `tk_` and 256 random bits: nothing that a slow hash would have to protect. */
export function newKey(): string {
  return `tk_${randomBytes(keyBytes).toString('base64url')}`;
}

/** What is stored of a key, and what it is found by. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function prefixOfKey(key: string): string {
  return key.slice(0, shownCharacters);
}

/** The key that a request carries, by `X-Api-Key` or as a bearer; never in its address, which is written into logs. */
export function keyIn(headers: IncomingHttpHeaders): string | undefined {
  const own = headers['x-api-key'];
  if (own !== undefined) return Array.isArray(own) ? own[0] : own;
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
