/**
 * One app-state collection as a phone keeps it: a version, a hash over all values, and the MAC of each value, so that
 * patches can be written and checked (protocol.md B.7). Pure: states come in and go out.
 *
 * A mutation's value is iv16 || AES-256-CBC(SyncActionData) || valueMac32; its index is HMAC(index text). A patch is
 * sealed by `snapshotMac` (over the hash that results) and `patchMac` (over that and the value MACs).
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { expandAppStateKeys, LTHashAntiTampering } from 'whatsapp-rust-bridge';
import { sameBytes } from '../protocol/bytes.js';
import { OPERATION, syncActionData, syncdPatch } from './app.state.proto.js';
import type { SyncActionData, SyncdMutation, SyncdPatch } from './app.state.proto.js';

export interface AppStateKey {
  /** 6 bytes. */
  id: Uint8Array;
  /** 32 bytes. */
  data: Uint8Array;
}

export interface Collection {
  name: string;
  version: number;
  hash: Uint8Array;
  /** Value MAC by index MAC, both base64. */
  values: Record<string, string>;
}

export interface Change {
  index: string[];
  value: NonNullable<SyncActionData['value']>;
  /** Of the action, not of the collection: `setting_pushName` has 1. */
  version: number;
}

type Keys = Record<'indexKey' | 'valueEncryptionKey' | 'valueMacKey' | 'snapshotMacKey' | 'patchMacKey', Uint8Array>;

const MAC = 32;
const IV = 16;

export function emptyCollection(name: string): Collection {
  return { name, version: 0, hash: new Uint8Array(128), values: {} };
}

/** The patch that takes `before` one version further, and the collection after it. */
export function writePatch(before: Collection, key: AppStateKey, change: Change) {
  const keys = expand(key);
  const mutation = seal(change, keys, key.id);
  const after = mix(before, [mutation]);
  const { snapshotMac, patchMac } = macs(after, [mutation], keys);
  const patch: SyncdPatch = {
    version: { version: after.version },
    mutations: [mutation],
    snapshotMac,
    patchMac,
    keyId: { id: key.id },
    deviceIndex: 0,
  };
  return { patch: syncdPatch.encode(patch), after };
}

/** Applies somebody's patch as the next version; throws when a MAC does not hold. */
export function applyPatch(before: Collection, key: AppStateKey, bytes: Uint8Array) {
  const patch = syncdPatch.decode(bytes);
  const keys = expand(key);
  const mutations = patch.mutations ?? [];
  const changes = mutations.map((mutation) => open(mutation, keys, key.id));
  const after = mix(before, mutations);
  const { snapshotMac, patchMac } = macs(after, mutations, keys);
  expectSame(patch.snapshotMac, snapshotMac, 'snapshot');
  expectSame(patch.patchMac, patchMac, 'patch');
  return { after, changes };
}

function seal({ index, value, version }: Change, keys: Keys, keyId: Uint8Array): SyncdMutation {
  const name = Buffer.from(JSON.stringify(index));
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-cbc', keys.valueEncryptionKey, iv);
  const plain = syncActionData.encode({ index: name, value, version, padding: new Uint8Array(0) });
  const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
  const blob = Buffer.concat([sealed, contentMac(OPERATION.set, sealed, keyId, keys)]);
  const indexMac = hmac('sha256', keys.indexKey, name);
  return { operation: OPERATION.set, record: { index: { blob: indexMac }, value: { blob }, keyId: { id: keyId } } };
}

function open({ operation, record }: SyncdMutation, keys: Keys, keyId: Uint8Array): Change & { operation: number } {
  const blob = record?.value?.blob ?? new Uint8Array(0);
  const sealed = blob.subarray(0, -MAC);
  expectSame(blob.subarray(-MAC), contentMac(operation ?? OPERATION.set, sealed, keyId, keys), 'value');
  const decipher = createDecipheriv('aes-256-cbc', keys.valueEncryptionKey, sealed.subarray(0, IV));
  const plain = Buffer.concat([decipher.update(sealed.subarray(IV)), decipher.final()]);
  const { index, value, version } = syncActionData.decode(plain);
  expectSame(record?.index?.blob, hmac('sha256', keys.indexKey, index ?? new Uint8Array(0)), 'index');
  const path = JSON.parse(Buffer.from(index ?? []).toString()) as string[];
  return { operation: operation ?? OPERATION.set, index: path, value: value ?? {}, version: version ?? 0 };
}

function mix(before: Collection, mutations: SyncdMutation[]): Collection {
  const values = { ...before.values };
  const gone: Uint8Array[] = [];
  const come: Uint8Array[] = [];
  for (const { operation, record } of mutations) {
    const index = base64(record?.index?.blob);
    const previous = values[index];
    if (previous !== undefined) gone.push(Buffer.from(previous, 'base64'));
    delete values[index];
    if (operation === OPERATION.remove) continue;
    const mac = record?.value?.blob?.subarray(-MAC) ?? new Uint8Array(0);
    values[index] = base64(mac);
    come.push(mac);
  }
  return { name: before.name, version: before.version + 1, hash: hashed(before.hash, gone, come), values };
}

function hashed(hash: Uint8Array, gone: Uint8Array[], come: Uint8Array[]): Uint8Array {
  const sum = new LTHashAntiTampering();
  try {
    return sum.subtractThenAdd(hash, gone, come);
  } finally {
    sum.free();
  }
}

function macs({ hash, version, name }: Collection, mutations: SyncdMutation[], keys: Keys) {
  const end = Buffer.concat([bigEndian64(version), Buffer.from(name)]);
  const snapshotMac = hmac('sha256', keys.snapshotMacKey, hash, end);
  const values = mutations.map(({ record }) => record?.value?.blob?.subarray(-MAC) ?? new Uint8Array(0));
  return { snapshotMac, patchMac: hmac('sha256', keys.patchMacKey, snapshotMac, ...values, end) };
}

function contentMac(operation: number, sealed: Uint8Array, keyId: Uint8Array, keys: Keys): Buffer {
  const head = Buffer.concat([Uint8Array.of(operation + 1), keyId]);
  return hmac('sha512', keys.valueMacKey, head, sealed, bigEndian64(head.length)).subarray(0, MAC);
}

function expand(key: AppStateKey): Keys {
  const expanded = expandAppStateKeys(key.data);
  const { indexKey, valueEncryptionKey, valueMacKey, snapshotMacKey, patchMacKey } = expanded;
  expanded.free();
  return { indexKey, valueEncryptionKey, valueMacKey, snapshotMacKey, patchMacKey };
}

function hmac(hash: string, key: Uint8Array, ...parts: Uint8Array[]): Buffer {
  const mac = createHmac(hash, key);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

function bigEndian64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

const base64 = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64');

function expectSame(given: Uint8Array | undefined, computed: Uint8Array, which: string): void {
  if (!given || !sameBytes(given, computed)) throw new Error(`app state: the ${which} MAC does not hold`);
}
