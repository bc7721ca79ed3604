/**
 * Reads a session of another program that runs Baileys with `useMultiFileAuthState`, as the records of ours.
 *
 * Signal sessions, sender keys and device lists are left behind and made anew (docs/decisions/imported-sessions.md): nobody
 * can prove that a copy is the newest, and one that is not would use a counter twice.
 */
import { type AuthenticationCreds, BufferJSON, proto } from 'baileys';
import type { Identity } from '../../engine.js';
import { identityOf } from '../own.identity.js';
import { CREDS_ID, packCreds } from '../records/creds.js';
import { inspectCreds, isKeyPair, type StoredRecord } from '../records/inspect.js';
import { KEY_CODECS } from '../records/key.codec.js';
import { CREDS_FILE, readKeyFileName, type TakenKind } from './session.file.js';

export type ReadSession =
  | { state: 'ok'; records: StoredRecord[]; identity: Identity }
  | { state: 'missing' | 'incomplete' | 'corrupted'; detail: string };

/** @param files by their bare names; what is none of a session is passed over */
export function readMultiFileSession(files: ReadonlyMap<string, Uint8Array>): ReadSession {
  const file = files.get(CREDS_FILE);
  if (!file) return { state: 'missing', detail: `there is no ${CREDS_FILE}` };
  try {
    const creds = readCreds(file);
    const record: StoredRecord = { kind: 'creds', id: CREDS_ID, value: packCreds(creds) };
    const verdict = inspectCreds(record.value);
    if (verdict.state === 'missing') return { state: 'missing', detail: `${CREDS_FILE} is empty` };
    if (verdict.state !== 'ok') return verdict;
    const identity = identityOf(creds);
    if (!identity) return { state: 'incomplete', detail: 'the credentials name nobody' };
    return { state: 'ok', records: [record, ...readKeys(files)], identity };
  } catch (error) {
    if (error instanceof BrokenFile) return { state: 'corrupted', detail: error.message };
    throw error;
  }
}

class BrokenFile extends Error {}

/** What the phone signed is written by Baileys as bytes or, after a pairing, as bare base64. */
function readCreds(file: Uint8Array): AuthenticationCreds {
  const creds = parse(CREDS_FILE, file) as AuthenticationCreds;
  if (typeof creds !== 'object' || creds === null) throw new BrokenFile(`${CREDS_FILE} holds no credentials`);
  if (!creds.account) return creds;
  const account = wellFormed(CREDS_FILE, () => proto.ADVSignedDeviceIdentity.fromObject(creds.account!));
  return { ...creds, account };
}

function readKeys(files: ReadonlyMap<string, Uint8Array>): StoredRecord[] {
  const records: StoredRecord[] = [];
  for (const [name, bytes] of files) {
    const key = readKeyFileName(name);
    if (!key) continue;
    const value = wellFormed(name, () => ENCODE[key.kind](parse(name, bytes)));
    records.push({ ...key, value });
  }
  checkSome(records.filter(({ kind }) => kind === 'pre-key'));
  return records;
}

/** Each key pair takes a curve operation to check, and there are some 800: a few tell a broken copy from a whole one. */
function checkSome(preKeys: readonly StoredRecord[]): void {
  const every = Math.max(1, Math.floor(preKeys.length / CHECKED));
  const wrong = preKeys.find(({ value }, i) => i % every === 0 && !isKeyPair(value));
  if (wrong) throw new BrokenFile(`pre-key-${wrong.id}.json is not a key pair`);
}
const CHECKED = 8;

/* eslint-disable @typescript-eslint/no-explicit-any -- a file holds whatever it holds; what does not fit throws */
const ENCODE: Record<TakenKind, (value: any) => Uint8Array> = {
  'pre-key': (pair) => KEY_CODECS['pre-key'].encode({ private: half(pair.private), public: half(pair.public) }),
  'app-state-sync-key': (key) =>
    KEY_CODECS['app-state-sync-key'].encode(proto.Message.AppStateSyncKeyData.fromObject(key)),
  'app-state-sync-version': (state) => KEY_CODECS['app-state-sync-version'].encode(state),
  tctoken: (token) => KEY_CODECS.tctoken.encode(token),
  'lid-mapping': (user) => Buffer.from(text(user), 'utf8'),
  'identity-key': (key) => key33(key),
};
/* eslint-enable @typescript-eslint/no-explicit-any */

function parse(name: string, bytes: Uint8Array): unknown {
  return wellFormed(name, () => JSON.parse(Buffer.from(bytes).toString('utf8'), BufferJSON.reviver));
}

function wellFormed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BrokenFile) throw error;
    throw new BrokenFile(`${name} cannot be read`);
  }
}

function half(value: unknown): Uint8Array {
  if (value instanceof Uint8Array && value.length === 32) return value;
  throw new TypeError('a key has 32 bytes');
}

function key33(value: unknown): Uint8Array {
  if (value instanceof Uint8Array && value.length === 33) return value;
  throw new TypeError('an identity key has 33 bytes');
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError('not a text');
}
