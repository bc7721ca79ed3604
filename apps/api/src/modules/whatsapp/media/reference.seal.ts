/** References open files: they are kept sealed, bound to account and media. */
import type { MediaReference } from '../engines/media.js';
import type { Vault } from '../sessions/vault.js';

export type SealReference = (accountId: string, mediaId: string, reference: MediaReference) => Buffer;
export type OpenReference = (accountId: string, mediaId: string, sealed: Uint8Array) => MediaReference;

export const sealReference =
  (vault: Vault): SealReference =>
  (accountId, id, reference) =>
    vault.seal({ accountId, kind: 'media', id }, Buffer.from(JSON.stringify(reference)));

export const openReference =
  (vault: Vault): OpenReference =>
  (accountId, id, sealed) =>
    JSON.parse(vault.open({ accountId, kind: 'media', id }, sealed).toString()) as MediaReference;
