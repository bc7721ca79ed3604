/**
 * The journal of one account's session: the one door between an engine and everything durable, and the output gate.
 *
 * Writes (`put`, `emit`) are synchronous and visible to `get` at once; they become durable together, in order, in one
 * database transaction that many accounts share (a *commit*). `pass` asks for a callback once everything written before
 * the call is durable: a frame that waits on it cannot reveal anything that a crash could take back. A commit compares
 * the lease's epoch; when the lease is gone nothing is written, no frame is let out and the session is conceded.
 */
import type { EngineEvent } from '../engines/engine.js';

/** What a record holds; together they are the session. `plaintext`, `sent` and `poll` expire, the others live as long as it does. */
export const RECORD_KINDS = [
  'creds',
  'pre-key',
  'session',
  'sender-key',
  'sender-key-memory',
  'app-state-sync-key',
  'app-state-sync-version',
  'lid-mapping',
  'device-list',
  'tctoken',
  'identity-key',
  /** By SHA-256 of a ciphertext: what it said, so that a redelivery is answered without the spent key. */
  'plaintext',
  /** By message id: what was sent, and to which chat, for retry receipts. */
  'sent',
  /** By a poll's message id: what opens its votes, and the votes that came before it. */
  'poll',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Days after which a record of this kind is swept. */
export const RECORD_LIFE_DAYS: Partial<Record<RecordKind, number>> = { plaintext: 14, sent: 7, poll: 90 };

export interface SessionJournal {
  /** Missing ids are missing in the map. Rejects only when the database cannot be read or a record does not open (corrupted). */
  get(kind: RecordKind, ids: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** null deletes. */
  put(kind: RecordKind, id: string, value: Uint8Array | null): void;
  emit(event: EngineEvent): void;
  /** `release` is called in the order of the calls to `pass`; never when the lease was lost before. */
  pass(release: () => void): void;
  /** Resolves when everything written so far is durable; rejects when the lease was lost. */
  settled(): Promise<void>;
}
