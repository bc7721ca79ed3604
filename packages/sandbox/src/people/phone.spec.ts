/** What a phone does with companions, seen by a companion that really decrypts. */
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SandboxControl } from '../control/client.js';
import type { Phone } from '../control/contract.js';
import { withType } from '../protocol/curve.js';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { applyPatch, emptyCollection, type AppStateKey } from '../signal/app.state.js';
import { historySync } from '../signal/history.proto.js';
import { KeyStep } from '../signal/key.step.js';
import { Keyring } from '../signal/keyring.js';
import { message as messageCodec, PROTOCOL, type Message } from '../signal/message.proto.js';
import { pad, unpad } from '../signal/padding.js';
import { SignalSessions } from '../signal/sessions.js';
import { openStore } from '../store/store.js';
import { finishPairing, unwrap, wrap } from '../testing/companion.code.js';
import { Companion } from '../testing/companion.js';

let sandbox: Sandbox;
let control: SandboxControl;
let phone: Phone;

beforeEach(async () => {
  sandbox = await startSandbox();
  control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
  phone = await control.createPhone({ pushName: 'Shop' });
});
afterEach(() => sandbox.close());

/** A companion with Signal sessions on top: it uploads no one-time prekeys, so all it needs is known here. */
class Reader extends Companion {
  readonly step = new KeyStep(openStore(), 'companion');

  constructor() {
    super(sandbox.url, Buffer.from(sandbox.rootKey, 'hex'));
  }

  get sessions(): SignalSessions {
    const pair = ({ publicKey, privateKey }: Reader['identity']) => ({
      pubKey: withType(publicKey),
      privKey: privateKey,
    });
    const signed = { keyId: 1, keyPair: pair(this.signedPreKey), signature: new Uint8Array(64) };
    return new SignalSessions(new Keyring(7, pair(this.identity), signed), this.step);
  }

  get qr(): (ref: string) => string {
    const fields = [this.noise.publicKey, this.identity.publicKey, this.advSecret];
    return (ref) => [ref, ...fields.map((field) => Buffer.from(field).toString('base64')), '1'].join(',');
  }

  /** The next message that fits, decrypted and acknowledged. */
  async hear(fits: (message: Message) => boolean): Promise<{ stanza: Node; message: Message }> {
    for (;;) {
      const stanza = await this.next((each) => (each.tag === 'message' ? each : undefined));
      const enc = child(stanza, 'enc');
      const type = enc?.attrs.type === 'pkmsg' ? 'pkmsg' : 'msg';
      const sender = { user: stanza.attrs.from?.startsWith(phone.number) ? phone.lid : 'other', device: 0 };
      const plain = await this.sessions.decrypt(sender, { type, bytes: bytesOf(enc) ?? new Uint8Array(0) });
      this.send(node('receipt', { id: stanza.attrs.id, to: stanza.attrs.from }));
      const message = messageCodec.decode(unpad(plain));
      if (fits(message)) return { stanza, message };
    }
  }

  async patches(version: number): Promise<Uint8Array[]> {
    const collection = node('collection', {
      name: 'critical_block',
      version: String(version),
      return_snapshot: 'false',
    });
    const answer = await this.query('w:sync:app:state', 'set', [node('sync', {}, [collection])]);
    const found = child(child(child(answer, 'sync'), 'collection'), 'patches');
    return children(found, 'patch').map((patch) => bytesOf(patch) ?? new Uint8Array(0));
  }
}

async function link(options: object = {}): Promise<Reader> {
  const reader = new Reader();
  const { refs } = await reader.showQr();
  const [{ device }] = await Promise.all([
    control.scan(phone.number, { qr: reader.qr(refs[0] ?? ''), ...options }),
    reader.prove(),
  ]);
  expect(device).toBeGreaterThan(0);
  await reader.closed();
  return reader;
}

const hearType = async (reader: Reader, type: number) =>
  (await reader.hear(({ protocolMessage }) => protocolMessage?.type === type)).message.protocolMessage;

async function keyOf(reader: Reader): Promise<AppStateKey> {
  const share = await hearType(reader, PROTOCOL.appStateSyncKeyShare);
  const key = share?.appStateSyncKeyShare?.keys?.[0];
  return { id: key?.keyId.keyId ?? new Uint8Array(0), data: key?.keyData?.keyData ?? new Uint8Array(0) };
}

it('tells a new companion the key, the past and the push name, and a new push name later', async () => {
  const ada = await control.createPerson({ name: 'Ada' });
  await control.write(ada.number, { to: phone.number, text: 'before' });
  await control.waitForSeen(phone.number, ({ text }) => text === 'before');
  const reader = await link();
  await reader.goOnline(0);

  const key = await keyOf(reader);
  const notice = (await hearType(reader, PROTOCOL.historySyncNotification))?.historySyncNotification;
  const past = historySync.decode(inflateSync(notice?.initialHistBootstrapInlinePayload ?? new Uint8Array(0)));
  expect(past.pushnames).toContainEqual({ id: `${ada.number}@s.whatsapp.net`, pushname: 'Ada' });
  expect(past.conversations?.[0]).toMatchObject({ id: `${ada.number}@s.whatsapp.net`, name: 'Ada' });
  expect(past.conversations?.[0]?.messages?.[0]?.message.message).toEqual({ conversation: 'before' });

  const [first] = await reader.patches(0);
  const { after, changes } = applyPatch(emptyCollection('critical_block'), key, first ?? new Uint8Array(0));
  expect(changes[0]?.value.pushNameSetting?.name).toBe('Shop');
  await control.changePhone(phone.number, { pushName: 'Shop, evenings' });
  await reader.next((each) => (each.attrs.type === 'server_sync' ? each : undefined));
  const [second] = await reader.patches(1);
  expect(applyPatch(after, key, second ?? new Uint8Array(0)).changes[0]?.value.pushNameSetting?.name).toBe(
    'Shop, evenings',
  );
});

it('gives the key again to a companion that asks', async () => {
  const reader = await link();
  await reader.goOnline(0);
  const key = await keyOf(reader);
  const protocolMessage = {
    type: PROTOCOL.appStateSyncKeyRequest,
    appStateSyncKeyRequest: { keyIds: [{ keyId: key.id }] },
  };
  const { type, bytes } = await reader.sessions.encrypt(
    { user: phone.lid, device: 0 },
    pad(messageCodec.encode({ protocolMessage })),
  );
  const enc = node('enc', { v: '2', type }, bytes);
  reader.send(
    node('message', { id: 'ASK1', to: `${phone.number}@s.whatsapp.net`, type: 'text', category: 'peer' }, [enc]),
  );
  expect(await keyOf(reader)).toEqual(key);
});

it('shows its companion what it writes itself', async () => {
  const ada = await control.createPerson({ rule: { kind: 'silent' } });
  const reader = await link();
  await reader.goOnline(0);
  const { id } = await control.write(phone.number, { to: ada.number, text: 'from the phone' });
  const { stanza, message } = await reader.hear(({ deviceSentMessage }) => deviceSentMessage !== undefined);
  expect(stanza.attrs).toMatchObject({ id, recipient: `${ada.number}@s.whatsapp.net` });
  expect(message.deviceSentMessage?.message).toEqual({ conversation: 'from the phone' });
});

it('links by a code that is typed right, and by no other', async () => {
  const reader = new Reader();
  await reader.showQr();
  const ephemeral = { publicKey: reader.noise.publicKey, privateKey: reader.noise.privateKey };
  const stage = (name: string, content: Node[]) => {
    const attrs = { jid: `${phone.number}@s.whatsapp.net`, stage: name, should_show_push_notification: 'true' };
    return reader.query('md', 'set', [node('link_code_companion_reg', attrs, content)]);
  };
  const greet = () =>
    stage('companion_hello', [
      node('link_code_pairing_wrapped_companion_ephemeral_pub', {}, wrap('ABCD1234', ephemeral.publicKey)),
      node('companion_server_auth_key_pub', {}, reader.noise.publicKey),
    ]);
  const finish = async () => {
    const notice = await reader.next(
      (each) => child(each, 'link_code_companion_reg') && each.tag === 'notification' && each,
    );
    const hello = child(notice || undefined, 'link_code_companion_reg');
    const part = (name: string) => bytesOf(child(hello, name)) ?? new Uint8Array(0);
    const { finish, advSecret } = finishPairing({
      ephemeral,
      identity: reader.identity,
      phoneEphemeral: unwrap('ABCD1234', part('link_code_pairing_wrapped_primary_ephemeral_pub')),
      phoneIdentity: part('primary_identity_pub'),
    });
    reader.advSecret.set(advSecret);
    await stage('companion_finish', [
      node('link_code_pairing_wrapped_key_bundle', {}, finish.wrappedKeyBundle),
      node('companion_identity_public', {}, finish.companionIdentity),
      node('link_code_pairing_ref', {}, part('link_code_pairing_ref')),
    ]);
  };
  await expect(control.typeCode(phone.number, { code: 'ABCD1234' })).rejects.toMatchObject({ code: 'conflict' });
  await greet();
  expect((await control.getPhone(phone.number)).waitsForCode).toBe(true);
  const wrong = expect(control.typeCode(phone.number, { code: 'ABCD-1235' })).rejects.toThrow('wrong');
  await finish();
  await wrong;
  await greet();
  const linking = control.typeCode(phone.number, { code: 'abcd-1234' });
  await finish();
  await reader.prove();
  expect(await linking).toEqual({ device: 1 });
  await reader.closed();
  await reader.goOnline(0);
  expect((await keyOf(reader)).data).toHaveLength(32);
});

it('takes companions off again: unlinked, banned, with another number', async () => {
  const reader = await link();
  await reader.goOnline(0);
  const gone = () => reader.next((each) => (['stream:error', 'failure'].includes(each.tag) ? each : undefined));

  expect(await control.ban(phone.number, { kind: 'temporary', seconds: 600 })).toMatchObject({
    ban: { kind: 'temporary' },
  });
  expect((await gone()).attrs).toMatchObject({ reason: '402' });
  expect((await reader.logIn()).attrs).toMatchObject({ reason: '402', expire: expect.stringMatching(/^(600|599)$/) });
  await control.ban(phone.number, { kind: 'final' });
  expect((await reader.logIn()).attrs).toMatchObject({ reason: '403' });
  expect((await control.liftBan(phone.number)).ban).toBeNull();
  await reader.goOnline(0);

  await expect(control.unlink(phone.number, 9)).rejects.toMatchObject({ code: 'not_found' });
  expect((await control.unlink(phone.number, 1)).companions).toEqual([]);
  expect((await gone()).attrs.code).toBe('401');
  expect((await reader.logIn()).attrs).toMatchObject({ reason: '401' });

  const second = await link({ lidOnly: true });
  expect(second.jid).toBe(`${phone.lid}:2@lid`);
  const { number, companions } = await control.changeNumber(phone.number);
  expect(companions).toEqual([]);
  expect((await control.getPhone(phone.lid)).number).toBe(number);
  await expect(control.getPhone(phone.number)).rejects.toMatchObject({ code: 'not_found' });
});

it('has its sockets cut, its door shut and its companions told to look, on command', async () => {
  const reader = await link();
  await reader.goOnline(0);
  await control.sendDirty(phone.number, 'groups');
  expect(await reader.next((each) => child(each, 'dirty')?.attrs.type)).toBe('groups');
  expect(await control.drop({ account: '9990999999999' })).toEqual({ dropped: 0 });
  expect(await control.drop({ account: phone.number })).toEqual({ dropped: 1 });
  await reader.closed();
  await control.setListening(false);
  await expect(reader.logIn()).rejects.toThrow();
  await control.setListening(true);
  expect((await reader.logIn()).tag).toBe('success');
});

it('scans nothing while it is offline, and no QR that nobody shows', async () => {
  const reader = new Reader();
  const { refs } = await reader.showQr();
  await expect(control.scan(phone.number, { qr: reader.qr('2@nobody') })).rejects.toMatchObject({ code: 'conflict' });
  await control.changePhone(phone.number, { online: false });
  await expect(control.scan(phone.number, { qr: reader.qr(refs[0] ?? '') })).rejects.toThrow('offline');
});
