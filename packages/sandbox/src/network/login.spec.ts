import { expect, it } from 'vitest';
import { createKeys } from '../protocol/curve.js';
import { child, node } from '../protocol/node.js';
import { TestPhone } from '../testing/phone.js';
import { openAccount, openNetwork } from '../testing/world.js';

it('logs a linked device in: success, preview, routing, what waited, its end', async () => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const companion = await phone.link(network.url, network.rootKey);
  const success = await companion.logIn();
  expect(success.attrs.lid).toBe(companion.lid);
  const preview = await companion.next((each) => child(each, 'offline_preview'));
  expect(preview.attrs.count).toBe('0');
  companion.send(node('ib', {}, [node('offline_batch', { count: '100' })]));
  expect((await companion.next((each) => child(each, 'offline'))).attrs.count).toBe('0');
});

it('knows a client that comes back by its routing bytes', async () => {
  const network = await openNetwork();
  const { companion } = await openAccount(network);
  expect(companion.routing?.length).toBeGreaterThan(0);
  await companion.goOnline();
});

it.each([
  ['another noise key', (companion: { noise: object }) => Object.assign(companion.noise, createKeys())],
  ['a device that is not linked', (companion: { jid: string }) => (companion.jid = companion.jid.replace(':1', ':4'))],
  ['a number that is nobody', (companion: { jid: string }) => (companion.jid = '9990999999999:1@s.whatsapp.net')],
  ['the phone itself', (companion: { jid: string }) => (companion.jid = companion.jid.replace(':1', ''))],
])('answers 401 to %s', async (_, change) => {
  const network = await openNetwork();
  const phone = new TestPhone(network);
  const companion = await phone.link(network.url, network.rootKey);
  change(companion);
  const failure = await companion.logIn();
  expect(failure).toMatchObject({ tag: 'failure', attrs: { reason: '401' } });
  await companion.closed();
});

it('ends the older connection when the same device logs in again', async () => {
  const network = await openNetwork();
  const { companion } = await openAccount(network);
  const older = companion.client;
  await companion.goOnline();
  const error = await older.take(
    (each) => ('node' in each && each.node.tag === 'stream:error' ? each.node : undefined),
    'error',
  );
  expect(child(error, 'conflict')?.attrs.type).toBe('replaced');
  expect(network.counts()['replaced']).toBe(1);
  expect(companion.client.isClosed).toBe(false);
});

it('tells an unlinked device so at once, and again at its next login', async () => {
  const network = await openNetwork();
  const { phone, companion } = await openAccount(network);
  network.unlink(phone.user.pn, 1);
  const error = await companion.next((each) => (each.tag === 'stream:error' ? each : undefined));
  expect(error.attrs.code).toBe('401');
  expect(child(error, 'conflict')?.attrs.type).toBe('device_removed');
  await companion.closed();
  expect((await companion.logIn()).attrs.reason).toBe('401');
});

it('lets a companion unlink itself', async () => {
  const network = await openNetwork();
  const { phone, companion } = await openAccount(network);
  const removal = node('remove-companion-device', { jid: companion.jid, reason: 'user_initiated' });
  const answer = await companion.query('md', 'set', [removal]);
  expect(answer.attrs.type).toBe('result');
  await companion.closed();
  expect(network.linkedDevices(phone.user.pn)).toEqual([0]);
});

it('bans a number: out now, 403 for ever or 402 for a time, and in again when it is over', async () => {
  let now = Date.UTC(2026, 0, 1);
  const network = await openNetwork({ clock: { now: () => now } });
  const phone = new TestPhone(network);
  const companion = await phone.link(network.url, network.rootKey);
  expect((await companion.logIn()).tag).toBe('success');
  network.ban(phone.user.pn, { kind: 'final' });
  await companion.next((each) => (each.tag === 'failure' ? each : undefined));
  await companion.closed();
  expect((await companion.logIn()).attrs.reason).toBe('403');
  network.ban(phone.user.pn, { kind: 'temporary', until: now + 60_000 });
  expect((await companion.logIn()).attrs).toMatchObject({ reason: '402', expire: '60' });
  now += 61_000;
  expect((await companion.logIn()).tag).toBe('success');
});

it('keeps the LID and the linked devices when the number changes, and tells who knows it', async () => {
  const network = await openNetwork();
  const { phone } = await openAccount(network);
  const { companion } = await openAccount(network);
  await companion.message('A1', phone.jid, [phone.jid]);
  network.changeNumber(phone.user.pn, '9990777777777');
  const notice = await companion.next((each) => child(each, 'modify'));
  expect(notice.attrs).toMatchObject({ old: phone.jid, new: '9990777777777@s.whatsapp.net' });
  expect(network.findUser('9990777777777')?.lid).toBe(phone.user.lid);
  expect(() => network.changeNumber('9990777777777', companion.jid.split(':')[0] ?? '')).toThrow('taken');
});
