import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuthenticationCreds, Curve, initAuthCreds, proto, useMultiFileAuthState } from 'baileys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackCreds } from '../records/creds.js';
import { KEY_CODECS } from '../records/key.codec.js';
import { readMultiFileSession } from './multi.file.session.js';
import { isSessionFile, readKeyFileName } from './session.file.js';

/** Written by Baileys itself, so that names and forms are its own. */
describe('a folder of useMultiFileAuthState', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'trunkline-auth-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function write(keys: Parameters<Auth['keys']['set']>[0], change: Partial<AuthenticationCreds> = {}) {
    const { state, saveCreds } = await useMultiFileAuthState(folder);
    Object.assign(state.creds, linked(), change);
    await saveCreds();
    await state.keys.set(keys);
    return state.creds;
  }
  const read = async () => {
    const names = await readdir(folder);
    return readMultiFileSession(
      new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const))),
    );
  };
  const records = async () => {
    const session = await read();
    if (session.state !== 'ok') throw new Error(`${session.state}: ${session.detail}`);
    return new Map(session.records.map(({ kind, id, value }) => [`${kind} ${id}`, value]));
  };

  it('is read as the records of our own engine', async () => {
    const pair = Curve.generateKeyPair();
    const creds = await write({
      'pre-key': { '7': pair },
      'app-state-sync-key': {
        'AA/b+/=': proto.Message.AppStateSyncKeyData.fromObject({ keyData: Buffer.from('k'), timestamp: 9 }),
      },
      'app-state-sync-version': { regular_low: { version: 3, hash: Buffer.alloc(128, 2), indexValueMap: {} } },
      'lid-mapping': { '628123': '77', '77_reverse': '628123' },
      tctoken: { '77@lid': { token: Buffer.from('t'), timestamp: '5' }, __index: { token: Buffer.from('["77@lid"]') } },
      'identity-key': { '77_1.2': Buffer.alloc(33, 5) },
    });
    const found = await records();
    expect([...found.keys()].sort()).toEqual([
      'app-state-sync-key AA/b+/=',
      'app-state-sync-version regular_low',
      'creds creds',
      'identity-key 77_1.2',
      'lid-mapping 628123',
      'lid-mapping 77_reverse',
      'pre-key 7',
      'tctoken 77@lid',
      'tctoken __index',
    ]);
    expect(KEY_CODECS['pre-key'].decode(found.get('pre-key 7')!)).toEqual(pair);
    expect(
      Buffer.from(KEY_CODECS['app-state-sync-key'].decode(found.get('app-state-sync-key AA/b+/=')!).keyData!),
    ).toEqual(Buffer.from('k'));
    expect(KEY_CODECS['app-state-sync-version'].decode(found.get('app-state-sync-version regular_low')!)).toMatchObject(
      { version: 3, hash: Buffer.alloc(128, 2) },
    );
    expect(KEY_CODECS.tctoken.decode(found.get('tctoken 77@lid')!)).toEqual({
      token: Buffer.from('t'),
      timestamp: '5',
    });
    expect(Buffer.from(found.get('lid-mapping 77_reverse')!).toString()).toBe('628123');
    const back = unpackCreds(found.get('creds creds')!);
    expect(Buffer.from(back.noiseKey.private)).toEqual(Buffer.from(creds.noiseKey.private));
    expect(Buffer.from(back.account!.accountSignatureKey!)).toEqual(Buffer.alloc(32, 7));
  });

  it('says who it is', async () => {
    await write({});
    expect(await read()).toMatchObject({ identity: { phone: '628123', lid: '66', pushName: 'Shop', device: 3 } });
  });

  it('leaves ratchets and device lists behind', async () => {
    await write({
      session: { '628123.0': Buffer.from('s') },
      'sender-key': { '1@g.us::77_1::2': Buffer.from('k') },
      'sender-key-memory': { '1@g.us': { a: true } },
      'device-list': { '628123': ['0', '3'] },
    });
    expect([...(await records()).keys()]).toEqual(['creds creds']);
  });

  it('is missing, incomplete or corrupted, and names the file', async () => {
    expect(await read()).toEqual({ state: 'missing', detail: 'there is no creds.json' });
    await write({}, { account: undefined });
    expect(await read()).toMatchObject({ state: 'incomplete', detail: 'the credentials have no account' });
    await write({}, { me: { id: '628123@s.whatsapp.net', name: '~' } });
    expect(await read()).toMatchObject({ state: 'incomplete', detail: 'the phone never confirmed this device' });
    await write({}, { noiseKey: { ...linked().noiseKey, public: Curve.generateKeyPair().public } });
    expect(await read()).toMatchObject({ state: 'corrupted', detail: 'the noise key does not fit' });
    await write({ 'pre-key': { '7': { public: Buffer.alloc(31), private: Buffer.alloc(32) } } });
    expect(await read()).toMatchObject({ state: 'corrupted', detail: 'pre-key-7.json cannot be read' });
    await write({ 'pre-key': { '7': { public: Buffer.alloc(32), private: Buffer.alloc(32, 1) } } });
    expect(await read()).toMatchObject({ state: 'corrupted', detail: 'pre-key-7.json is not a key pair' });
  });
});

it('takes files by their names, and no others', () => {
  expect(readKeyFileName('pre-key-12.json')).toEqual({ kind: 'pre-key', id: '12' });
  expect(readKeyFileName('app-state-sync-key-AA__b=.json')).toEqual({ kind: 'app-state-sync-key', id: 'AA/b=' });
  expect(readKeyFileName('tctoken-__index.json')).toEqual({ kind: 'tctoken', id: '__index' });
  for (const name of [
    'session-1.0.json',
    'sender-key-a--b--1.json',
    'sender-key-memory-a.json',
    'pre-key-1.txt',
    'x.json',
    '.json',
  ]) {
    expect(isSessionFile(name), name).toBe(false);
  }
  expect(isSessionFile('creds.json')).toBe(true);
});

type Auth = Awaited<ReturnType<typeof useMultiFileAuthState>>['state'];

/** `account` as Baileys has it after a pairing: decoded, and so written as bare base64. */
function linked(): AuthenticationCreds {
  const signed = {
    details: Buffer.from('d'),
    accountSignatureKey: Buffer.alloc(32, 7),
    accountSignature: Buffer.alloc(64, 8),
    deviceSignature: Buffer.alloc(64, 9),
  };
  const account = proto.ADVSignedDeviceIdentity.decode(proto.ADVSignedDeviceIdentity.encode(signed).finish());
  return { ...initAuthCreds(), account, me: { id: '628123:3@s.whatsapp.net', lid: '66:3@lid', name: 'Shop' } };
}
