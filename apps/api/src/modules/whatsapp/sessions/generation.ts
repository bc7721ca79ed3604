import type { GenerationCause } from '@trunkline/contracts';
import type { RecordKind } from './journal.js';
import type { SealedRecord } from './record.repository.js';
import { SealBrokenError, type Vault } from './vault.js';

/** Copies of a session that lives on; the other causes are ends, kept for `ARCHIVE_DAYS`. */
export const SNAPSHOTS: readonly GenerationCause[] = ['linked', 'daily', 'upgrade'];

/** A snapshot from before one of these is of an identity that is linked no more. */
export const ENDINGS: readonly GenerationCause[] = ['reset', 'logged_out', 'unlinked', 'deleted'];

/** What grows with each message is not brought back: an older ratchet would use a counter twice. */
export const RATCHETS: ReadonlySet<RecordKind> = new Set([
  'session',
  'sender-key',
  'sender-key-memory',
  'plaintext',
  'sent',
]);

export const withoutRatchets = (records: readonly SealedRecord[]): SealedRecord[] =>
  records.filter(({ kind }) => !RATCHETS.has(kind));

/** All with the key that seals now; what does not open stays as it is. */
export const renewRecords = (vault: Vault, records: readonly SealedRecord[]): SealedRecord[] =>
  records.map((record) => ({ ...record, sealed: renewed(vault, record) }));

function renewed(vault: Vault, { sealed, ...place }: SealedRecord): Buffer {
  try {
    return vault.renew(place, sealed);
  } catch (error) {
    if (error instanceof SealBrokenError) return sealed;
    throw error;
  }
}

/**
 * A session as one value: for each record the lengths of kind, id and sealed bytes (4 bytes each, big-endian), then these
 * three. Records stay sealed one by one.
 */
export function packRecords(records: readonly SealedRecord[]): Buffer {
  const parts = records.flatMap(({ kind, id, sealed }) => {
    const [kindBytes, idBytes, lengths] = [Buffer.from(kind), Buffer.from(id), Buffer.alloc(12)];
    lengths.writeUInt32BE(kindBytes.length, 0);
    lengths.writeUInt32BE(idBytes.length, 4);
    lengths.writeUInt32BE(sealed.length, 8);
    return [lengths, kindBytes, idBytes, sealed];
  });
  return Buffer.concat(parts);
}

/** Throws `RangeError` on bytes that are none. */
export function unpackRecords(accountId: string, bytes: Buffer): SealedRecord[] {
  const records: SealedRecord[] = [];
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new RangeError('a session that was put aside ends too early');
    return bytes.subarray(at, (at += length));
  };
  while (at < bytes.length) {
    const lengths = take(12);
    const kind = take(lengths.readUInt32BE(0)).toString() as RecordKind;
    const id = take(lengths.readUInt32BE(4)).toString();
    records.push({ accountId, kind, id, sealed: take(lengths.readUInt32BE(8)) });
  }
  return records;
}
