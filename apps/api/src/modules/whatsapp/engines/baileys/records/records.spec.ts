import { Curve, generateSignalPubKey, initAuthCreds, proto, type AuthenticationCreds } from 'baileys';
import { expect, it, vi } from 'vitest';
import { MemoryJournal } from '../../testing/memory-journal.js';
import { CollectionVersions } from '../chats/collection.versions.js';
import { isLinked, packCreds, readCredsRecord, unpackCreds, writeCreds } from './creds.js';
import { inspectCreds, inspectSession, type StoredRecord } from './inspect.js';
import { openKeyStore } from './key.store.js';

function linkedCreds(change: Partial<AuthenticationCreds> = {}): AuthenticationCreds {
  const account = proto.ADVSignedDeviceIdentity.decode(
    proto.ADVSignedDeviceIdentity.encode({
      details: Buffer.from('details'),
      accountSignatureKey: Buffer.alloc(32, 7),
      accountSignature: Buffer.alloc(64, 8),
      deviceSignature: Buffer.alloc(64, 9),
    }).finish(),
  );
  return { ...initAuthCreds(), account, me: { id: '111:3@s.whatsapp.net', lid: '66:3@lid' }, ...change };
}

const record = (value: Uint8Array): StoredRecord => ({ kind: 'creds', id: 'creds', value });

it('gives credentials back as they were, bytes as bytes', () => {
  const creds = linkedCreds({ processedHistoryMessages: [{ key: { id: 'A' }, messageTimestamp: 5 }] });
  const back = unpackCreds(packCreds(creds));
  expect(Buffer.from(back.noiseKey.private)).toEqual(Buffer.from(creds.noiseKey.private));
  expect(back.account?.accountSignatureKey).toEqual(Buffer.alloc(32, 7));
  expect(proto.ADVSignedDeviceIdentity.encode(back.account ?? {}).finish()).toEqual(
    proto.ADVSignedDeviceIdentity.encode(creds.account ?? {}).finish(),
  );
  expect(back.processedHistoryMessages).toEqual(creds.processedHistoryMessages);
});

it('is linked by the account that the phone signed and the device number (S13)', () => {
  expect(isLinked(linkedCreds())).toBe(true);
  expect(isLinked({ ...initAuthCreds(), registered: true, me: { id: '111@s.whatsapp.net' } })).toBe(false);
  expect(isLinked(linkedCreds({ me: { id: '111@s.whatsapp.net' } }))).toBe(false);
  expect(isLinked(linkedCreds({ registered: false }))).toBe(true);
  expect(isLinked(linkedCreds({ me: { id: '66:3@lid' } }))).toBe(true);
});

it('stores no credentials before the phone has confirmed (S13)', async () => {
  const journal = new MemoryJournal();
  writeCreds(journal, { ...initAuthCreds(), registered: true, me: { id: '111@s.whatsapp.net', name: '~' } });
  expect(await readCredsRecord(journal)).toBeUndefined();
  writeCreds(journal, linkedCreds());
  expect(unpackCreds((await readCredsRecord(journal)) ?? Buffer.alloc(0)).me?.id).toBe('111:3@s.whatsapp.net');
});

it('says of a session whether it is ok, missing, incomplete or corrupted', () => {
  const creds = linkedCreds();
  expect(inspectSession([record(packCreds(creds))])).toEqual({ state: 'ok' });
  expect(inspectSession([])).toEqual({ state: 'missing' });
  expect(inspectSession([{ kind: 'session', id: '1.0', value: Buffer.alloc(3) }])).toMatchObject({
    state: 'incomplete',
  });
  expect(inspectCreds(packCreds({ ...creds, account: undefined }))).toMatchObject({ state: 'incomplete' });
  expect(inspectCreds(packCreds(initAuthCreds()))).toMatchObject({ state: 'incomplete' });
  expect(inspectCreds(Buffer.from('{'))).toMatchObject({ state: 'corrupted' });
  expect(inspectCreds(Buffer.from('{"v":9}'))).toMatchObject({ state: 'corrupted' });
});

it('finds a key that was changed', () => {
  const creds = linkedCreds();
  const other = Curve.generateKeyPair();
  const swapped = { ...creds, noiseKey: { ...creds.noiseKey, public: other.public } };
  expect(inspectCreds(packCreds(swapped))).toEqual({ state: 'corrupted', detail: 'the noise key does not fit' });
  const signature = Curve.sign(other.private, generateSignalPubKey(creds.signedPreKey.keyPair.public));
  const forged = { ...creds, signedPreKey: { ...creds.signedPreKey, signature } };
  expect(inspectCreds(packCreds(forged))).toMatchObject({ detail: 'the signature of the prekey does not fit' });
  const records = [record(packCreds(creds)), { kind: 'pre-key', id: '4', value: Buffer.alloc(64, 1) } as StoredRecord];
  expect(inspectSession(records)).toMatchObject({ state: 'corrupted', detail: 'prekey 4 is not a key pair' });
});

it('keeps what Baileys stores, each kind in its form', async () => {
  const [journal, pair] = [new MemoryJournal(), Curve.generateKeyPair()];
  const store = openKeyStore(journal, new CollectionVersions(journal, vi.fn()));
  const version = { version: 3, hash: Buffer.alloc(128, 2), indexValueMap: { a: { valueMac: Buffer.from('mac') } } };
  const syncKey = proto.Message.AppStateSyncKeyData.fromObject({ keyData: Buffer.from('key'), timestamp: 9 });
  await store.set({
    'pre-key': { '1': pair, '2': null },
    'app-state-sync-version': { regular: version },
    'app-state-sync-key': { AAA: syncKey },
    tctoken: { '66@lid': { token: Buffer.from('t'), timestamp: '12' } },
  });
  expect((await store.get('pre-key', ['1', '2']))['1']).toEqual(pair);
  expect(await store.get('app-state-sync-version', ['regular'])).toEqual({ regular: version });
  expect(Buffer.from((await store.get('app-state-sync-key', ['AAA'])).AAA?.keyData ?? []).toString()).toBe('key');
  expect(await store.get('tctoken', ['66@lid'])).toEqual({ '66@lid': { token: Buffer.from('t'), timestamp: '12' } });
});

it('lets Baileys neither read nor write what we keep ourselves', async () => {
  const journal = new MemoryJournal();
  const store = openKeyStore(journal, new CollectionVersions(journal, vi.fn()));
  await store.set({ session: { '1.0': null }, 'device-list': { '111': ['3'] } });
  await journal.settled();
  expect(journal.durable.size).toBe(0);
  expect(await store.get('session', ['1.0'])).toEqual({});
});

it('makes how far a collection was read durable behind what was read, and tells it at once', async () => {
  const journal = new MemoryJournal();
  const versions = new CollectionVersions(journal, vi.fn());
  const store = openKeyStore(journal, versions);
  const version = { version: 4, hash: Buffer.alloc(128, 2), indexValueMap: {} };
  await store.set({ 'app-state-sync-version': { regular_low: version } });
  await journal.settled();
  expect(journal.durable.size).toBe(0);
  expect(await store.get('app-state-sync-version', ['regular_low'])).toEqual({ regular_low: version });
  versions.release();
  await journal.settled();
  expect([...journal.durable.keys()]).toEqual(['app-state-sync-version/regular_low']);
});
