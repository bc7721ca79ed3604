/**
 * The key store that Baileys is given. It reads and writes the journal for the kinds it shares with us; for the others it
 * is empty, and takes no writes: sessions, sender keys and device lists are kept by our own code.
 */
import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore } from 'baileys';
import type { SessionJournal } from '../../../sessions/journal.js';
import type { CollectionVersions } from '../chats/collection.versions.js';
import { isSharedKind, KEY_CODECS, type Codec } from './key.codec.js';

export function openKeyStore(journal: SessionJournal, versions: CollectionVersions): SignalKeyStore {
  return {
    async get<T extends keyof SignalDataTypeMap>(kind: T, ids: string[]) {
      const values: { [id: string]: SignalDataTypeMap[T] } = {};
      if (!isSharedKind(kind)) return values;
      const codec = KEY_CODECS[kind] as unknown as Codec<SignalDataTypeMap[T]>;
      const from = kind === 'app-state-sync-version' ? versions.get(ids) : journal.get(kind, ids);
      for (const [id, bytes] of await from) values[id] = codec.decode(bytes);
      return values;
    },
    set(data: SignalDataSet) {
      for (const [kind, values] of Object.entries(data))
        if (isSharedKind(kind)) writeAll(journal, versions, kind, values);
    },
  };
}

function writeAll(
  journal: SessionJournal,
  versions: CollectionVersions,
  kind: keyof typeof KEY_CODECS,
  values: Record<string, unknown>,
): void {
  const codec = KEY_CODECS[kind] as Codec<unknown>;
  for (const [id, value] of Object.entries(values)) {
    const bytes = value === null ? null : codec.encode(value);
    if (kind === 'app-state-sync-version') versions.put(id, bytes);
    else journal.put(kind, id, bytes);
  }
}
