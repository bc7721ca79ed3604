/** How the values that Baileys itself reads and writes are stored, by kind of record. */
import type { KeyPair, SignalDataTypeMap } from 'baileys';
import { proto } from 'baileys';
import type { RecordKind } from '../../../sessions/journal.js';
import { packKeyPair, unpackKeyPair } from './key.pair.js';
import { pack, unpack } from './plain.js';

export interface Codec<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

type Shared = Extract<keyof SignalDataTypeMap, RecordKind>;
/** Kinds that our own sending and receiving keep; what Baileys would write there has another meaning. */
export type OwnKind = 'session' | 'sender-key' | 'sender-key-memory' | 'identity-key' | 'device-list' | 'lid-mapping';
export type SharedKind = Exclude<Shared, OwnKind>;

const plain = <T>(): Codec<T> => ({ encode: pack, decode: (bytes) => unpack<T>(bytes) });
const { AppStateSyncKeyData } = proto.Message;

export const KEY_CODECS: { [K in SharedKind]: Codec<SignalDataTypeMap[K]> } = {
  'pre-key': { encode: (pair: KeyPair) => packKeyPair(pair), decode: unpackKeyPair },
  'app-state-sync-key': {
    encode: (key) => AppStateSyncKeyData.encode(key).finish(),
    decode: (bytes) => AppStateSyncKeyData.decode(bytes),
  },
  'app-state-sync-version': plain(),
  tctoken: plain(),
};

export const isSharedKind = (kind: string): kind is SharedKind => kind in KEY_CODECS;
