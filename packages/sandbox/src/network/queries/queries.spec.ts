import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromBigEndian, toBigEndian } from '../../protocol/bytes.js';
import { createKeys } from '../../protocol/curve.js';
import { bytesOf, child, children, node, type Node } from '../../protocol/node.js';
import { TestPhone } from '../../testing/phone.js';
import { openAccount, openNetwork, received, until } from '../../testing/world.js';

const none = new Uint8Array();
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? none).toString('hex');
const valueOf = (from: Node | undefined) => bytesOf(child(from, 'value')) ?? none;
const idOf = (from: Node | undefined) => fromBigEndian(bytesOf(child(from, 'id')) ?? none);

describe('encrypt', () => {
  it('counts, digests and hands out the prekeys of a device', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const counted = await companion.query('encrypt', 'get', [node('count')]);
    expect(child(counted, 'count')?.attrs.value).toBe('10');
    const digest = child(await companion.query('encrypt', 'get', [node('digest')]), 'digest');
    expect(hex(bytesOf(child(digest, 'registration')))).toBe('00000007');
    expect(bytesOf(child(digest, 'identity'))).toEqual(companion.identity.publicKey);
    expect(children(child(digest, 'list'), 'id').map((id) => fromBigEndian(bytesOf(id) ?? none))).toHaveLength(10);
    const skey = child(digest, 'skey');
    expect(valueOf(skey)).toEqual(companion.signedPreKey.publicKey);
    expect(bytesOf(child(digest, 'hash'))).toHaveLength(20);
  });

  it('hashes the keys in the order of the list', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const query = node('iq', { xmlns: 'encrypt', type: 'get', id: '1', to: 's.whatsapp.net' }, [node('digest')]);
    const digest = child(await phone.device.query(query), 'digest');
    const hash = createHash('sha1').update(phone.identity.publicKey).update(phone.signedPreKey.publicKey);
    hash.update(bytesOf(child(child(digest, 'skey'), 'signature')) ?? none);
    const asked = [node('user', { jid: phone.jid })];
    for (let left = 3; left > 0; left--) {
      const answer = await companion.query('encrypt', 'get', [node('key', {}, asked)]);
      hash.update(valueOf(child(child(child(answer, 'list'), 'user'), 'key')));
    }
    expect(hex(bytesOf(child(digest, 'hash')))).toBe(hash.digest('hex'));
  });

  it('gives each one-time prekey once, by whatever address, and a bundle without one when they are spent', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const ada = new TestPhone(network);
    const given: (number | undefined)[] = [];
    for (const jid of [ada.jid, ada.lid, ada.jid, ada.lid]) {
      const content = [node('key', {}, [node('user', { jid, reason: 'identity' })])];
      const user = child(child(await companion.query('encrypt', 'get', content), 'list'), 'user');
      expect(user?.attrs.jid).toBe(jid);
      expect(bytesOf(child(user, 'identity'))).toEqual(ada.identity.publicKey);
      const key = child(user, 'key');
      given.push(key && idOf(key));
    }
    expect(given).toEqual([1, 2, 3, undefined]);
    expect(network.counts()).toMatchObject({ 'prekeys:given': 3, 'prekeys:none-left': 1 });
  });

  it('leaves out who is not there, as one error would spoil the whole answer', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const asked = ['9990888888888@s.whatsapp.net', phone.jid].map((jid) => node('user', { jid }));
    const answer = await companion.query('encrypt', 'get', [node('key', {}, asked)]);
    expect(children(child(answer, 'list'), 'user').map(({ attrs }) => attrs.jid)).toEqual([phone.jid]);
  });

  it('says when few are left, and takes no id a second time', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const asker = new TestPhone(network);
    const ask = () => {
      const content = [node('key', {}, [node('user', { jid: companion.jid })])];
      const to = 's.whatsapp.net';
      return asker.device.query(node('iq', { xmlns: 'encrypt', type: 'get', id: '1', to }, content));
    };
    for (let n = 0; n < 6; n++) await ask();
    const low = await companion.next((each) => (each.tag === 'notification' ? each : undefined));
    expect(low.attrs).toMatchObject({ type: 'encrypt', from: 's.whatsapp.net' });
    expect(child(low, 'count')?.attrs.value).toBe('4');
    Object.assign(companion, { nextPreKey: 1 });
    await companion.uploadPreKeys(11);
    const counted = await companion.query('encrypt', 'get', [node('count')]);
    expect(child(counted, 'count')?.attrs.value).toBe('5');
    expect(network.linkedDevices(phone.user.pn)).toEqual([0, 1]);
  });

  it('refuses a signed prekey that the identity did not sign, and another identity', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const own = { ...companion.signedPreKey };
    Object.assign(companion.signedPreKey, { publicKey: createKeys().publicKey });
    const spoiled = companion.query('encrypt', 'set', [
      node('rotate', {}, [
        node('skey', {}, [
          node('id', {}, toBigEndian(2, 3)),
          node('value', {}, createKeys().publicKey),
          node('signature', {}, new Uint8Array(64)),
        ]),
      ]),
    ]);
    expect((await spoiled).attrs.type).toBe('error');
    expect(network.counts()['refused:signed-prekey']).toBe(1);
    Object.assign(companion.signedPreKey, own);
    Object.assign(companion.identity, createKeys());
    await companion.uploadPreKeys(1);
    expect(network.counts()['refused:identity']).toBe(1);
  });

  it('finds the keys of devices whose registration id is in doubt', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const user = node('user', { jid: phone.jid }, [node('device', { id: '0' }), node('device', { id: '1' })]);
    const answer = await companion.query('encrypt', 'get', [node('key_fetch', {}, [user])]);
    const devices = children(child(child(answer, 'list'), 'user'), 'device');
    expect(devices.map(({ attrs }) => attrs.id)).toEqual(['0', '1']);
    expect(bytesOf(child(devices[1], 'identity'))).toEqual(companion.identity.publicKey);
  });
});

describe('usync', () => {
  const ask = (protocols: Node[], users: Node[]) => [
    node('usync', { sid: '1', mode: 'query', context: 'message', index: '0', last: 'true' }, [
      node('query', {}, protocols),
      node('list', {}, users),
    ]),
  ];
  const usersOf = (answer: Node) => children(child(child(answer, 'usync'), 'list'), 'user');

  it('lists devices, a key index for each companion, and the LID, under the address that was asked', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const users = [phone.jid, phone.lid, '9990888888888@s.whatsapp.net'].map((jid) => node('user', { jid }));
    const answer = await companion.query('usync', 'get', ask([node('devices', { version: '2' }), node('lid')], users));
    const found = usersOf(answer);
    expect(found.map(({ attrs }) => attrs.jid)).toEqual([phone.jid, phone.lid]);
    for (const user of found) {
      const devices = children(child(child(user, 'devices'), 'device-list'), 'device');
      expect(devices.map(({ attrs }) => attrs)).toEqual([{ id: '0' }, { id: '1', 'key-index': '1' }]);
      expect(child(user, 'lid')?.attrs.val).toBe(phone.lid);
    }
  });

  it('says which numbers are here', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const users = [phone.user.pn, '9990888888888'].map((pn) => node('user', {}, [node('contact', {}, `+${pn}`)]));
    const answer = await companion.query('usync', 'get', ask([node('contact')], users));
    expect(usersOf(answer).map((user) => [user.attrs.jid, child(user, 'contact')?.attrs.type])).toEqual([
      [phone.jid, 'in'],
      ['9990888888888@s.whatsapp.net', 'out'],
    ]);
  });
});

describe('app state', () => {
  const sync = (attrs: Record<string, string>, patch?: Uint8Array) => [
    node('sync', {}, [node('collection', attrs, patch && [node('patch', {}, patch)])]),
  ];
  const collection = (answer: Node) => child(child(answer, 'sync'), 'collection');

  it('brings what a phone wrote, after a notice, each patch with its version', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    expect(network.appendAppState(phone.user.pn, 'critical_block', Uint8Array.of(0x22, 1, 9))).toBe(1);
    const notice = await companion.next((each) => (each.attrs.type === 'server_sync' ? each : undefined));
    expect(child(notice, 'collection')?.attrs).toEqual({ name: 'critical_block', version: '1' });
    const answer = await companion.query('w:sync:app:state', 'set', sync({ name: 'critical_block', version: '0' }));
    const patches = children(child(collection(answer), 'patches'), 'patch');
    expect(patches.map((each) => [...(bytesOf(each) ?? none)])).toEqual([[0x0a, 2, 8, 1, 0x22, 1, 9]]);
    expect(collection(answer)?.attrs).toEqual({ name: 'critical_block', version: '1' });
  });

  it('appends what a companion wrote on top, tells the phone, and refuses what is behind', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    const upload = (version: string) =>
      companion.query('w:sync:app:state', 'set', sync({ name: 'regular', version }, Uint8Array.of(0x22, 1, 5)));
    expect(collection(await upload('0'))?.attrs).toEqual({ name: 'regular', version: '1' });
    await received(phone, (each) => each.attrs.type === 'server_sync');
    const refused = collection(await upload('0'));
    expect(refused?.attrs.type).toBe('error');
    expect(child(refused, 'error')?.attrs.code).toBe('409');
    expect(children(child(refused, 'patches'), 'patch')).toHaveLength(1);
  });

  it('comes in pages', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    for (let n = 0; n < 60; n++) network.appendAppState(phone.user.pn, 'regular', Uint8Array.of(0x22, 1, n));
    const first = collection(await companion.query('w:sync:app:state', 'set', sync({ name: 'regular', version: '0' })));
    expect(first?.attrs).toEqual({ name: 'regular', version: '50', has_more_patches: 'true' });
    const second = collection(
      await companion.query('w:sync:app:state', 'set', sync({ name: 'regular', version: '50' })),
    );
    expect(second?.attrs).toEqual({ name: 'regular', version: '60' });
    expect(children(child(second, 'patches'), 'patch')).toHaveLength(10);
  });
});

describe('what a client asks about itself', () => {
  it('is answered: properties, privacy, blocklist, media hosts', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const props = child(await companion.query('abt', 'get', [node('props')]), 'props');
    expect(children(props, 'prop')).toContainEqual(node('prop', { config_code: '10518', config_value: 'true' }));
    const set = [node('privacy', {}, [node('category', { name: 'readreceipts', value: 'none' })])];
    await companion.query('privacy', 'set', set);
    const privacy = child(await companion.query('privacy', 'get', [node('privacy')]), 'privacy');
    expect(children(privacy, 'category')).toHaveLength(8);
    expect(children(privacy, 'category')).toContainEqual(node('category', { name: 'readreceipts', value: 'none' }));
    network.createUser({ pn: '9990100000099', lid: '184320557799999', pushName: 'Pest' });
    const jid = '184320557799999@lid';
    await companion.query('blocklist', 'set', [node('item', { jid, action: 'block' })]);
    const list = child(await companion.query('blocklist', 'get'), 'list');
    expect(children(list, 'item').map(({ attrs }) => attrs.jid)).toEqual([jid]);
    const media = child(await companion.query('w:m', 'set', [node('media_conn')]), 'media_conn');
    expect(children(media, 'host')).toHaveLength(1);
  });

  it('is answered with nothing, and counted, when nobody knows the namespace', async () => {
    const network = await openNetwork();
    const { companion } = await openAccount(network);
    const answer = await companion.query('w:future', 'get', [node('what')]);
    expect(answer).toEqual(node('iq', { from: 's.whatsapp.net', type: 'result', id: answer.attrs.id }));
    expect(network.counts()).toMatchObject({ 'queries:w:future': 1, 'unknown:w:future': 1 });
  });

  it('is told when something is dirty', async () => {
    const network = await openNetwork();
    const { phone, companion } = await openAccount(network);
    network.sendDirty(phone.user.pn, 'groups');
    const dirty = await companion.next((each) => child(each, 'dirty'));
    expect(dirty.attrs.type).toBe('groups');
    await until(() => network.connections(phone.user.pn) === 1);
  });
});
