/**
 * A record that does not open while its account runs: put aside as it is, and the session goes on. Where an older value is as
 * good as the newest one the newest copy of the session gives it back; what moves with each message is never brought back,
 * since an older ratchet would use a counter twice: it is dropped, and both sides make another.
 */
import type { Sql } from '../../../database/database.js';
import { newestOfCopies } from './generation.repository.js';
import type { RecordKind } from './journal.js';
import { placesLike, type RecordKey } from './record.repository.js';
import { SealBrokenError, type Vault } from './vault.js';

/** `key`: sealed with another key. `moved`: it is another record's. `changed`: its bytes are not those that were sealed. */
export type Broken = 'key' | 'moved' | 'changed';

export interface BrokenRecord extends RecordKey {
  sealed: Buffer;
  why: Broken;
  mend: 'restored' | 'dropped';
}

/** Kinds of which an older value is right, or is brought up to date by the network; the others are made anew. */
const RESTORABLE: ReadonlySet<RecordKind> = new Set([
  'pre-key',
  'identity-key',
  'lid-mapping',
  'tctoken',
  'app-state-sync-key',
  'app-state-sync-version',
]);

/** Without the credentials there is no session: they are judged before it is opened, and the whole of it is restored. */
export const isMendable = (kind: RecordKind): boolean => kind !== 'creds';

export interface Mended extends BrokenRecord {
  value: Uint8Array | null;
}

export async function mendRecord(sql: Sql, vault: Vault, key: RecordKey, sealed: Buffer): Promise<Mended> {
  const value = RESTORABLE.has(key.kind) ? await newestOfCopies(sql, vault, key) : undefined;
  const why = await whyBroken(sql, vault, key, sealed);
  return { ...key, sealed, why, mend: value ? 'restored' : 'dropped', value: value ?? null };
}

/** What is wrong with it: it may open in the place of another record, of this account or the same one of another. */
export async function whyBroken(sql: Sql, vault: Vault, key: RecordKey, sealed: Buffer): Promise<Broken> {
  const broken = brokenAt(vault, key, sealed);
  if (broken !== 'changed') return broken ?? 'changed';
  const places = await placesLike(sql, key);
  return places.some((place) => brokenAt(vault, place, sealed) === undefined) ? 'moved' : 'changed';
}

/** Undefined when it opens there. */
function brokenAt(vault: Vault, place: RecordKey, sealed: Buffer): 'key' | 'changed' | undefined {
  try {
    vault.open(place, sealed);
    return undefined;
  } catch (error) {
    if (error instanceof SealBrokenError) return error.why;
    throw error;
  }
}

/** For people. */
export const BROKEN_WORDS: Record<Broken, string> = {
  key: 'it was sealed with another key',
  moved: 'it belongs to another record or account',
  changed: 'its bytes were changed',
};
