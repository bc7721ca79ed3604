import { expect, it } from 'vitest';
import { createKeys } from '../protocol/curve.js';
import { bytesOf, child, node } from '../protocol/node.js';
import { Companion } from '../testing/companion.js';
import { TestPhone } from '../testing/phone.js';
import { openAccount, openNetwork, until } from '../testing/world.js';

it('links a companion by QR, node by node as in protocol.md B.4', async () => {
  const network = await openNetwork();
  const seen: string[] = [];
  network.capture(({ direction, node: { tag, attrs, content } }) => {
    const inner = Array.isArray(content) ? (content[0]?.tag ?? '') : '';
    seen.push(`${direction} ${tag}${attrs.type ? ` ${attrs.type}` : ''} ${inner}`.trim());
  });
  const phone = new TestPhone(network);
  const companion = new Companion(network.url, network.rootKey);
  const { refs } = await companion.showQr();
  await until(() => seen.length === 2);
  await Promise.all([phone.scan(companion, refs[0] ?? ''), companion.prove()]);
  await companion.closed();
  expect(companion.jid).toBe(`${phone.user.pn}:1@s.whatsapp.net`);
  expect(companion.lid).toBe(`${phone.user.lid}:1@lid`);
  expect(network.linkedDevices(phone.user.pn)).toEqual([0, 1]);
  expect(seen).toEqual([
    'out iq set pair-device',
    'in iq result',
    'out iq set pair-success',
    'in iq result pair-device-sign',
    'out stream:error',
  ]);
});

it('links by the LID alone when it is told to', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const companion = await phone.link(network.url, network.rootKey, { lidOnly: true });
  expect(companion.jid).toBe(`${phone.user.lid}:1@lid`);
  await companion.goOnline();
});

it('refuses a device signature that is wrong', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const companion = new Companion(network.url, network.rootKey);
  const { refs } = await companion.showQr();
  const linking = phone.scan(companion, refs[2] ?? '');
  await companion.prove((signature) => signature.map((byte) => byte ^ 1));
  await expect(linking).rejects.toThrow('device signature');
  expect(network.linkedDevices(phone.user.pn)).toEqual([0]);
});

it('refuses an account signature that the phone did not make', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const companion = new Companion(network.url, network.rootKey);
  const { refs } = await companion.showQr();
  await expect(phone.scan(companion, refs[0] ?? '', { wrong: true })).rejects.toThrow('account signature');
});

it('rejects a code that nobody shows, and one whose client has gone', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const companion = new Companion(network.url, network.rootKey);
  await expect(phone.scan(companion, '2@nobody')).rejects.toThrow('no client waits');
  const { refs } = await companion.showQr();
  const linking = phone.scan(companion, refs[0] ?? '');
  companion.client.terminate();
  await expect(linking).rejects.toThrow('gone');
});

it('turns away a client whose signed prekey is not signed', async () => {
  const network = await openNetwork();
  const companion = new Companion(network.url, network.rootKey);
  const forged = createKeys();
  Object.assign(companion.identity, { publicKey: forged.publicKey });
  await expect(companion.showQr()).rejects.toThrow('closed');
  expect(network.counts()['refused:login-400']).toBe(1);
});

it('carries a pairing code between companion and phone', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const hellos: string[] = [];
  network.onCompanionHello(({ phone: number, ref, companionNoiseKey }) => {
    expect(number).toBe(phone.user.pn);
    expect(companionNoiseKey).toEqual(new Uint8Array(32).fill(2));
    hellos.push(ref);
  });
  const companion = new Companion(network.url, network.rootKey);
  await companion.showQr();
  const hello = node('link_code_companion_reg', { jid: phone.jid, stage: 'companion_hello' }, [
    node('link_code_pairing_wrapped_companion_ephemeral_pub', {}, new Uint8Array(80).fill(1)),
    node('companion_server_auth_key_pub', {}, new Uint8Array(32).fill(2)),
  ]);
  const answer = await companion.query('md', 'set', [hello]);
  const ref = bytesOf(child(child(answer, 'link_code_companion_reg'), 'link_code_pairing_ref')) ?? new Uint8Array();
  expect(hellos).toEqual([Buffer.from(ref).toString()]);

  const primary = { wrappedEphemeral: new Uint8Array(80).fill(3), identity: phone.identity.publicKey };
  const finished = network.primaryHello(hellos[0] ?? '', primary);
  const notice = await companion.next((each) => child(each, 'link_code_companion_reg'));
  expect(notice.attrs.stage).toBe('primary_hello');
  expect(bytesOf(child(notice, 'primary_identity_pub'))).toEqual(phone.identity.publicKey);
  const finish = node('link_code_companion_reg', { jid: phone.jid, stage: 'companion_finish' }, [
    node('link_code_pairing_wrapped_key_bundle', {}, new Uint8Array(156).fill(4)),
    node('companion_identity_public', {}, companion.identity.publicKey),
    node('link_code_pairing_ref', {}, ref),
  ]);
  await companion.query('md', 'set', [finish]);
  expect(await finished).toEqual({
    wrappedKeyBundle: new Uint8Array(156).fill(4),
    companionIdentity: companion.identity.publicKey,
  });

  const linking = phone.scan(companion, hellos[0] ?? '');
  await companion.prove();
  expect(await linking).toBe(1);
});

it('never gives a device number twice', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  await phone.link(network.url, network.rootKey);
  network.unlink(phone.user.pn, 1);
  const next = await phone.link(network.url, network.rootKey);
  expect(next.jid).toBe(`${phone.user.pn}:2@s.whatsapp.net`);
});

it('tells those who know the number when a device comes and goes', async () => {
  const network = await openNetwork();
  const { phone } = await openAccount(network);
  const { companion } = await openAccount(network);
  await companion.message('A1', phone.jid, [phone.jid]);
  const second = await phone.link(network.url, network.rootKey);
  const added = await companion.next((each) => child(each, 'add'));
  expect(child(added, 'device')?.attrs.jid).toBe(second.jid);
  network.unlink(phone.user.pn, 2);
  await companion.next((each) => child(each, 'remove'));
  await until(() => !network.linkedDevices(phone.user.pn).includes(2));
});
