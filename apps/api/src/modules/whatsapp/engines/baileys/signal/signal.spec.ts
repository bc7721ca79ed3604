import { initAuthCreds, jidDecode } from 'baileys';
import { generateKeyPair } from 'whatsapp-rust-bridge';
import { expect, it } from 'vitest';
import { MemoryJournal } from '../../testing/memory-journal.js';
import { packKeyPair } from '../records/key.pair.js';
import { forBaileys, openSignalRepository } from './signal.repository.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const bytes = (value: string): Uint8Array => Buffer.from(value);
const nothing = (): void => undefined;

/** A device with its keys, and what a server would hand out about it. */
function device(jid: string, journal = new MemoryJournal(), creds = initAuthCreds()) {
  const learned: { phone: string; lid: string }[] = [];
  const repository = openSignalRepository(journal, creds, (pairs) => learned.push(...pairs));
  const bundle = (preKeyId: number, oneTime = generateKeyPair()) => {
    journal.put(
      'pre-key',
      String(preKeyId),
      packKeyPair({ private: oneTime.privKey, public: oneTime.pubKey.subarray(1) }),
    );
    const { keyPair, keyId, signature } = creds.signedPreKey;
    const prefixed = (key: Uint8Array) => Buffer.concat([Buffer.from([5]), key]);
    return {
      registrationId: creds.registrationId,
      identityKey: prefixed(creds.signedIdentityKey.public),
      signedPreKey: { keyId, publicKey: prefixed(keyPair.public), signature },
      preKey: { keyId: preKeyId, publicKey: oneTime.pubKey },
    };
  };
  return { jid, journal, creds, bundle, learned, ...repository };
}
type Device = ReturnType<typeof device>;

async function send(from: Device, to: Device, message: string, as = from.jid, toJid = to.jid): Promise<string> {
  const { type, ciphertext } = await from.sessions.encrypt(toJid, bytes(message));
  return text(await to.sessions.decrypt(as, type, ciphertext, nothing));
}

const ada = () => device('111:3@s.whatsapp.net');
const bob = () => device('222@s.whatsapp.net');

it('writes and reads both ways', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  expect(await send(a, b, 'one')).toBe('one');
  expect(await send(b, a, 'two')).toBe('two');
  expect(await send(a, b, 'three')).toBe('three');
});

it('spends a one-time prekey in the commit that stores the session', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  await b.journal.settled();
  b.journal.holdCommits();
  await send(a, b, 'one');
  expect(b.journal.ids('pre-key')).toEqual(['1']);
  expect(b.journal.ids('session')).toEqual([]);
  b.journal.resume();
  await b.journal.settled();
  expect(b.journal.ids('pre-key')).toEqual([]);
  expect(b.journal.ids('session')).toEqual(['111.3']);
});

it('makes the plaintext durable with the ratchet step, or neither (S22)', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  await send(a, b, 'one');
  const { type, ciphertext } = await a.sessions.encrypt(b.jid, bytes('two'));
  await b.journal.settled();
  b.journal.holdCommits();
  await b.sessions.decrypt(a.jid, type, ciphertext, (plaintext) => b.journal.put('plaintext', 'two', plaintext));
  const restarted = device(b.jid, b.journal.crash(), b.creds);
  expect(restarted.journal.ids('plaintext')).toEqual([]);
  expect(text(await restarted.sessions.decrypt(a.jid, type, ciphertext, nothing))).toBe('two');
});

it('steps the ratchet before it hands out a ciphertext (S21)', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  const first = await a.sessions.encrypt(b.jid, bytes('one'));
  await a.journal.settled();
  const restarted = device(a.jid, a.journal.crash(), a.creds);
  const second = await restarted.sessions.encrypt(b.jid, bytes('two'));
  expect(text(await b.sessions.decrypt(a.jid, first.type, first.ciphertext, nothing))).toBe('one');
  expect(text(await b.sessions.decrypt(a.jid, second.type, second.ciphertext, nothing))).toBe('two');
});

it('names a message that was decrypted before', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  const { type, ciphertext } = await a.sessions.encrypt(b.jid, bytes('one'));
  await b.sessions.decrypt(a.jid, type, ciphertext, nothing);
  await expect(b.sessions.decrypt(a.jid, type, ciphertext, nothing)).rejects.toMatchObject({ failure: 'duplicate' });
});

it('names a prekey that is gone, a session that is not there, and bytes that are no message', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  b.journal.put('pre-key', '1', null);
  const { type, ciphertext } = await a.sessions.encrypt(b.jid, bytes('one'));
  await expect(b.sessions.decrypt(a.jid, type, ciphertext, nothing)).rejects.toMatchObject({
    failure: 'missing_prekey',
  });
  await expect(a.sessions.encrypt('999@s.whatsapp.net', bytes('x'))).rejects.toMatchObject({ failure: 'no_session' });
  await expect(a.sessions.decrypt(b.jid, 'msg', bytes('zz'), nothing)).rejects.toMatchObject({ failure: 'unreadable' });
  expect(await a.sessions.missing([b.jid, '999@s.whatsapp.net'])).toEqual(['999@s.whatsapp.net']);
});

it('refuses a bundle that its identity did not sign', async () => {
  const [a, b] = [ada(), bob()];
  const bundle = b.bundle(1);
  bundle.signedPreKey.signature = Buffer.alloc(64, 1);
  await expect(a.sessions.start(b.jid, bundle)).rejects.toMatchObject({ failure: 'forged_bundle' });
  expect(await a.sessions.missing([b.jid])).toEqual([b.jid]);
});

it('starts over with a device that comes back with another identity', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  await send(a, b, 'one');
  await send(b, a, 'two');
  const reinstalled = device(b.jid);
  await reinstalled.sessions.start(a.jid, a.bundle(7));
  expect(await send(reinstalled, a, 'new phone')).toBe('new phone');
  expect(await send(a, reinstalled, 'welcome back')).toBe('welcome back');
});

it('keeps one session when number and LID become known to be one', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  await send(a, b, 'one');
  await a.mapping.learn([{ phone: '222', lid: '77' }]);
  expect(a.learned).toEqual([{ phone: '222', lid: '77' }]);
  expect(await send(a, b, 'two', a.jid, '77@lid')).toBe('two');
  expect(text(await decryptAs(b, a, '77@lid', 'three'))).toBe('three');
  await a.journal.settled();
  expect(a.journal.ids('session')).toEqual(['77_1.0']);
});

async function decryptAs(from: Device, to: Device, as: string, message: string): Promise<Uint8Array> {
  const { type, ciphertext } = await from.sessions.encrypt(to.jid, bytes(message));
  return to.sessions.decrypt(as, type, ciphertext, nothing);
}

it('does not fork a session that is in use while its LID becomes known', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  const sent = Array.from({ length: 20 }, (_, i) => i).map(async (i) => {
    if (i === 5) await a.mapping.learn([{ phone: '222', lid: '77' }]);
    return a.sessions.encrypt(i % 2 ? '77@lid' : b.jid, bytes(`m${i}`)).catch(() => null);
  });
  const ciphertexts = (await Promise.all(sent)).filter((one) => one !== null);
  const read = new Set<string>();
  for (const { type, ciphertext } of ciphertexts)
    read.add(text(await b.sessions.decrypt(a.jid, type, ciphertext, nothing)));
  expect(read.size).toBe(ciphertexts.length);
  await a.journal.settled();
  expect(a.journal.ids('session')).toEqual(['77_1.0']);
});

it('forgets the old LID when a number moves to another', async () => {
  const a = ada();
  await a.mapping.learn([{ phone: '222', lid: '77' }]);
  await a.mapping.learn([{ phone: '222', lid: '88' }]);
  await a.mapping.learn([{ phone: '222', lid: '88' }]);
  expect(await a.mapping.getLIDForPN('222:4@s.whatsapp.net')).toBe('88:4@lid');
  expect(await a.mapping.getPNForLID('77@lid')).toBeNull();
  expect(await a.mapping.getPNForLID('88:2@lid')).toBe('222:2@s.whatsapp.net');
  expect(a.learned).toHaveLength(2);
});

it('tells the base key and the registration id of a session (retry receipts)', async () => {
  const [a, b] = [ada(), bob()];
  const { getSessionInfo } = forBaileys(a);
  expect(await getSessionInfo(b.jid)).toBeNull();
  await a.sessions.start(b.jid, b.bundle(1));
  const first = await getSessionInfo(b.jid);
  expect(first?.registrationId).toBe(b.creds.registrationId);
  expect(first?.baseKey).toHaveLength(33);
  await send(a, b, 'one');
  expect(await getSessionInfo(b.jid)).toEqual(first);
  await a.sessions.start(b.jid, b.bundle(2));
  expect((await getSessionInfo(b.jid))?.baseKey).not.toEqual(first?.baseKey);
});

it('deletes a session under either name', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  await a.mapping.learn([{ phone: '222', lid: '77' }]);
  await a.sessions.delete(['77@lid']);
  expect(await a.sessions.missing([b.jid])).toEqual([b.jid]);
});

it('sends one step per group message, readable from the distribution on (S5)', async () => {
  const [a, b] = [ada(), bob()];
  const group = '1203@g.us';
  const first = await a.groups.encrypt(group, a.jid, bytes('one'));
  await b.groups.learn(group, a.jid, first.distribution);
  const sizes = new Set<number>();
  for (let i = 0; i < 50; i++) {
    const { ciphertext } = await a.groups.encrypt(group, a.jid, bytes(`m${i}`));
    expect(text(await b.groups.decrypt(group, a.jid, ciphertext, nothing))).toBe(`m${i}`);
    sizes.add((await a.journal.get('sender-key', [`${group}::111::3`])).get(`${group}::111::3`)?.length ?? 0);
  }
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(4);
});

it('reads a group message once, and only with the key', async () => {
  const [a, b, late] = [ada(), bob(), device('333@s.whatsapp.net')];
  const group = '1203@g.us';
  const first = await a.groups.encrypt(group, a.jid, bytes('one'));
  await b.groups.learn(group, a.jid, first.distribution);
  expect(text(await b.groups.decrypt(group, a.jid, first.ciphertext, nothing))).toBe('one');
  await expect(b.groups.decrypt(group, a.jid, first.ciphertext, nothing)).rejects.toMatchObject({
    failure: 'duplicate',
  });
  await expect(late.groups.decrypt(group, a.jid, first.ciphertext, nothing)).rejects.toMatchObject({
    failure: 'no_sender_key',
  });
});

it('finds a member’s sender key when the group begins to address them by LID', async () => {
  const [a, b] = [ada(), bob()];
  const group = '1203@g.us';
  const first = await a.groups.encrypt(group, a.jid, bytes('one'));
  await b.groups.learn(group, a.jid, first.distribution);
  await b.mapping.learn([{ phone: '111', lid: '66' }]);
  expect(text(await b.groups.decrypt(group, '66:3@lid', first.ciphertext, nothing))).toBe('one');
});

it('makes a new sender key after it was told to forget', async () => {
  const [a, b] = [ada(), bob()];
  const group = '1203@g.us';
  await b.groups.learn(group, a.jid, (await a.groups.encrypt(group, a.jid, bytes('one'))).distribution);
  await a.groups.forget(group, a.jid);
  const { ciphertext } = await a.groups.encrypt(group, a.jid, bytes('two'));
  await expect(b.groups.decrypt(group, a.jid, ciphertext, nothing)).rejects.toMatchObject({ name: 'Error' });
});

it('lets accounts write to one contact without waiting for each other (S18)', async () => {
  const [slow, quick, b] = [ada(), device('444@s.whatsapp.net'), bob()];
  await slow.sessions.start(b.jid, b.bundle(1));
  await quick.sessions.start(b.jid, b.bundle(2));
  slow.journal.get = () => new Promise(() => undefined);
  void slow.sessions.encrypt(b.jid, bytes('stuck'));
  expect((await quick.sessions.encrypt(b.jid, bytes('through'))).type).toBe('pkmsg');
});

it('keeps the order of one device and never waits on another', async () => {
  const [a, b, c] = [ada(), bob(), device('333@s.whatsapp.net')];
  await a.sessions.start(b.jid, b.bundle(1));
  await a.sessions.start(c.jid, c.bundle(1));
  const many = await Promise.all(Array.from({ length: 30 }, (_, i) => a.sessions.encrypt(b.jid, bytes(`m${i}`))));
  for (const [i, { type, ciphertext }] of many.entries())
    expect(text(await b.sessions.decrypt(a.jid, type, ciphertext, nothing))).toBe(`m${i}`);
  expect(jidDecode(c.jid)?.user).toBe('333');
});

it('keeps a session that was just opened when a message still comes on the older one', async () => {
  const [a, b] = [ada(), bob()];
  await a.sessions.start(b.jid, b.bundle(1));
  expect(await send(a, b, 'one')).toBe('one');
  expect(await send(b, a, 'two')).toBe('two');
  const late = await a.sessions.encrypt(b.jid, bytes('late, on the older'));
  await b.sessions.start(a.jid, a.bundle(1));
  const fresh = await b.sessions.encrypt(a.jid, bytes('first on the new'));
  expect(text(await b.sessions.decrypt(a.jid, late.type, late.ciphertext, nothing))).toBe('late, on the older');
  expect(text(await a.sessions.decrypt(b.jid, fresh.type, fresh.ciphertext, nothing))).toBe('first on the new');
  expect(await send(a, b, 'answer on the new')).toBe('answer on the new');
});
