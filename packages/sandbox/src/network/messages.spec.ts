import { describe, expect, it } from 'vitest';
import { bytesOf, child, children, node, type Node } from '../protocol/node.js';
import type { Companion } from '../testing/companion.js';
import { TestPhone } from '../testing/phone.js';
import { openAccount, openNetwork, received, until } from '../testing/world.js';

const isMessage = (id: string) => (stanza: Node) => stanza.tag === 'message' && stanza.attrs.id === id;
const bodyOf = (stanza: Node) => Buffer.from(bytesOf(child(stanza, 'enc')) ?? '').toString();
const message = (companion: Companion, id: string) =>
  companion.next((each) => (isMessage(id)(each) ? each : undefined));

/** From the phone of one user, in the addressing of `to`, with one body for each device. */
async function write(phone: TestPhone, id: string, to: string, devices: string[]): Promise<void> {
  const enc = (jid: string) => node('enc', { v: '2', type: 'msg' }, Buffer.from(`${id} for ${jid}`));
  const participants = devices.map((jid) => node('to', { jid }, [enc(jid)]));
  await phone.device.submit(node('message', { id, to, type: 'text' }, [node('participants', {}, participants)]));
}

describe('a message to a person', () => {
  it('brings each device its own ciphertext, and names both addresses of the sender', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    const ack = await companion.message('M1', ada.jid, [ada.jid, phone.jid]);
    expect(ack.attrs).toMatchObject({ class: 'message', from: ada.jid });
    expect(ack.attrs.error).toBeUndefined();
    const theirs = await received(ada, isMessage('M1'));
    expect(theirs.attrs).toMatchObject({ from: companion.jid, sender_lid: phone.lid, notify: phone.user.pushName });
    expect(bodyOf(theirs)).toBe(`M1 for ${ada.jid}`);
    const own = await received(phone, isMessage('M1'));
    expect(own.attrs).toMatchObject({ from: companion.jid, recipient: ada.jid });
    expect(bodyOf(own)).toBe(`M1 for ${phone.jid}`);
  });

  it('keeps to LIDs when it is addressed by LID', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    await companion.message('M1', ada.lid, [ada.lid, phone.lid]);
    const theirs = await received(ada, isMessage('M1'));
    expect(theirs.attrs).toMatchObject({ from: companion.lid, sender_pn: phone.jid });
    const own = await received(phone, isMessage('M1'));
    expect(own.attrs).toMatchObject({ from: companion.lid, recipient: ada.lid, peer_recipient_pn: ada.jid });
  });

  it.each([
    ['has no participants', [], 'no-participants', '479'],
    ['names only devices that nobody has', ['9990888888888@s.whatsapp.net'], 'no-participants', '479'],
  ])('is refused and counted when it %s', async (_, devices, cause, code) => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    const ack = await companion.message('M1', ada.jid, devices);
    expect(ack.attrs.error).toBe(code);
    expect(network.counts()[`refused:${cause}`]).toBe(1);
  });

  it('is refused when nobody has the number', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ack = await companion.message('M1', '9990888888888@s.whatsapp.net', ['9990888888888@s.whatsapp.net']);
    expect(ack.attrs.error).toBe('404');
  });

  it('passes with an old device list, which is counted', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    const devices = [ada.jid, `${ada.user.pn}:9@s.whatsapp.net`];
    expect((await companion.message('M1', ada.jid, devices)).attrs.error).toBeUndefined();
    await received(ada, isMessage('M1'));
    expect(network.counts()).toMatchObject({ 'stale:unknown-device': 1, 'stale:missing-device': 1 });
  });

  it('is delivered once for each id, and acked each time', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    await companion.message('M1', ada.jid, [ada.jid]);
    await received(ada, isMessage('M1'));
    await companion.message('M1', ada.jid, [ada.jid]);
    await companion.message('M2', ada.jid, [ada.jid]);
    await received(ada, isMessage('M2'));
    expect(ada.received.filter(isMessage('M1'))).toEqual([]);
    expect(network.counts()).toMatchObject({ duplicates: 1, acked: 3 });
  });

  it('may come again to a device that asks for it, and to that one alone', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const { phone: ada, companion: adas } = await openAccount(network);
    await companion.message('M1', ada.jid, [ada.jid, adas.jid]);
    await message(adas, 'M1');
    await received(ada, isMessage('M1'));
    const content = [node('retry', { count: '1', id: 'M1', v: '1' }), node('registration', {}, new Uint8Array(4))];
    adas.send(node('receipt', { id: 'M1', to: companion.jid, type: 'retry' }, content));
    const asked = await companion.next((each) =>
      each.attrs.type === 'retry' && each.tag === 'receipt' ? each : undefined,
    );
    expect(asked.attrs.from).toBe(adas.jid);
    expect(child(asked, 'retry')?.attrs.count).toBe('1');
    await companion.message('M1', ada.jid, [ada.jid, adas.jid]);
    await message(adas, 'M1');
    await companion.message('M2', ada.jid, [ada.jid]);
    await received(ada, isMessage('M2'));
    expect(ada.received.filter(isMessage('M1'))).toEqual([]);
  });

  it('goes to one device when it is for that device: retries and what own devices tell each other', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const { companion: adas } = await openAccount(network);
    const enc = node('enc', { v: '2', type: 'pkmsg', count: '1' }, Buffer.from('again'));
    companion.send(node('message', { id: 'M1', to: adas.jid, type: 'text', device_fanout: 'false' }, [enc]));
    const again = await message(adas, 'M1');
    expect(child(again, 'enc')?.attrs.count).toBe('1');
    companion.send(node('message', { id: 'P1', to: phone.jid, type: 'text', category: 'peer' }, [enc]));
    const peer = await received(phone, isMessage('P1'));
    expect(peer.attrs).toMatchObject({ from: companion.jid, category: 'peer' });
    expect(peer.attrs.recipient).toBeUndefined();
  });
});

describe('store and forward', () => {
  it('keeps what is sent to a client that is away: in order, marked, once', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    companion.client.close();
    await companion.closed();
    for (const id of ['M1', 'M2', 'M3', 'M2']) await write(ada, id, phone.jid, [phone.jid, companion.jid]);
    expect((await companion.logIn()).tag).toBe('success');
    const preview = await companion.next((each) => child(each, 'offline_preview'));
    expect(preview.attrs).toMatchObject({ count: '3', message: '3', receipt: '0' });
    companion.send(node('ib', {}, [node('offline_batch', { count: '100' })]));
    for (const id of ['M1', 'M2', 'M3']) {
      const stanza = await companion.next((each) => (each.tag === 'message' ? each : undefined));
      expect(stanza.attrs).toMatchObject({ id, offline: '0', from: ada.jid });
      companion.send(node('receipt', { id, to: ada.jid }));
    }
    expect((await companion.next((each) => child(each, 'offline'))).attrs.count).toBe('3');
    await until(() => (network.counts()['receipts:delivered'] ?? 0) === 3);
    companion.client.close();
    await companion.closed();
    await companion.goOnline();
    expect(companion.client.received.filter((each) => 'node' in each && each.node.tag === 'message')).toEqual([]);
  });

  it('brings again what was delivered and not acknowledged', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    await write(ada, 'M1', phone.jid, [companion.jid]);
    await write(ada, 'M2', phone.jid, [companion.jid]);
    await message(companion, 'M1');
    await message(companion, 'M2');
    companion.send(node('ack', { id: 'M2', class: 'message', to: ada.jid }));
    await until(() => network.counts()['acks']);
    companion.client.terminate();
    await companion.closed();
    await companion.goOnline();
    expect((await message(companion, 'M1')).attrs.offline).toBe('0');
    expect(companion.client.received.some((each) => 'node' in each && isMessage('M2')(each.node))).toBe(false);
  });

  it('keeps what is sent to a person who is absent', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    ada.device.setOnline(false);
    for (const id of ['M1', 'M2']) await companion.message(id, ada.jid, [ada.jid]);
    expect(ada.received).toEqual([]);
    ada.device.setOnline(true);
    await until(() => ada.received.length === 2);
    expect(ada.received.map(({ attrs }) => attrs.id)).toEqual(['M1', 'M2']);
  });
});

describe('receipts', () => {
  it('go to the devices of the author, acked and kept as messages are', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    await companion.message('M1', ada.jid, [ada.jid]);
    await companion.message('M2', ada.jid, [ada.jid]);
    companion.client.close();
    await companion.closed();
    await ada.device.submit(node('receipt', { id: 'M1', to: companion.jid }));
    const list = node('list', {}, [node('item', { id: 'M2' })]);
    await ada.device.submit(node('receipt', { id: 'M1', to: companion.jid, type: 'read' }, [list]));
    await companion.goOnline();
    const [delivered, read] = await Promise.all(
      [undefined, 'read'].map((type) =>
        companion.next((each) => (each.tag === 'receipt' && each.attrs.type === type ? each : undefined)),
      ),
    );
    expect(delivered?.attrs).toMatchObject({ id: 'M1', from: ada.jid, offline: '0' });
    expect(children(child(read, 'list'), 'item').map(({ attrs }) => attrs.id)).toEqual(['M2']);
    const type = 'read';
    companion.send(node('ack', { id: 'M1', class: 'receipt', to: ada.jid, type }));
    companion.send(node('ack', { id: 'M1', class: 'receipt', to: ada.jid }));
    await until(() => network.counts()['acks'] === 2);
    companion.client.close();
    await companion.closed();
    await companion.goOnline();
    expect(companion.client.received.filter((each) => 'node' in each && each.node.tag === 'receipt')).toEqual([]);
  });

  it('come from the LID when the message did', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    await companion.message('M1', ada.lid, [ada.lid]);
    await ada.device.submit(node('receipt', { id: 'M1', to: companion.lid }));
    const receipt = await companion.next((each) => (each.tag === 'receipt' ? each : undefined));
    expect(receipt.attrs.from).toBe(ada.lid);
  });

  it('tell the own other devices what this one has read', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const ada = new TestPhone(network);
    await write(ada, 'M1', phone.jid, [companion.jid]);
    companion.send(node('receipt', { id: 'M1', to: ada.jid, type: 'read-self' }));
    const told = await received(phone, (each) => each.tag === 'receipt');
    expect(told.attrs).toMatchObject({ type: 'read-self', recipient: ada.jid, from: companion.jid });
  });
});

it('carries typing and presence to who is there, and keeps none of it', async () => {
  const network = await openNetwork();
  const { companion } = await openAccount(network);
  const ada = new TestPhone(network);
  companion.send(node('presence', { type: 'subscribe', to: ada.jid }));
  expect((await companion.next((each) => (each.tag === 'presence' ? each : undefined))).attrs.type).toBe('unavailable');
  await ada.device.submit(node('presence', { type: 'available', name: 'Ada' }));
  const there = await companion.next((each) => (each.tag === 'presence' ? each : undefined));
  expect(there.attrs).toEqual({ from: ada.jid });
  await ada.device.submit(node('chatstate', { to: companion.jid }, [node('composing')]));
  const typing = await companion.next((each) => (each.tag === 'chatstate' ? each : undefined));
  expect(typing.attrs.from).toBe(ada.jid);
  ada.device.setOnline(false);
  const gone = await companion.next((each) => (each.tag === 'presence' ? each : undefined));
  expect(gone.attrs.type).toBe('unavailable');
  expect(Number(gone.attrs.last)).toBeGreaterThan(0);
});
