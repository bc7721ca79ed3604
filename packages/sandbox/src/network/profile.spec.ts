import { createHash } from 'node:crypto';
import { Agent, get } from 'node:https';
import { expect, it } from 'vitest';
import { child, children, node, textOf, type Node } from '../protocol/node.js';
import type { Companion } from '../testing/companion.js';
import { TestPhone } from '../testing/phone.js';
import { openAccount, openNetwork, received } from '../testing/world.js';

const jpeg = (filling: string): Uint8Array => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(filling)]);

const PICTURE = 'w:profile:picture';
const setting = (bytes: Uint8Array | null, target?: string): Node =>
  node(
    'iq',
    { xmlns: PICTURE, type: 'set', id: '7', to: 's.whatsapp.net', target },
    bytes ? [node('picture', { type: 'image' }, bytes)] : undefined,
  );
const asking = (target: string | undefined, attrs = {}): Node =>
  node('iq', { xmlns: PICTURE, type: 'get', id: '8', to: 's.whatsapp.net', target }, [
    node('picture', { type: 'preview', query: 'url', ...attrs }),
  ]);
const codeOf = (answer: Node): string | undefined => child(answer, 'error')?.attrs.code;

async function world() {
  const network = await openNetwork();
  const { phone, companion } = await openAccount(network);
  const ada = new TestPhone(network);
  const id = network.createGroup({
    subject: 'Friends',
    creator: phone.user.pn,
    participants: [ada.user.pn],
    addressing: 'pn',
  });
  const fetched = (url: string): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const agent = new Agent({ ca: network.mediaHost.ca });
      get(url, { agent }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
        agent.destroy();
        resolve(Buffer.concat(chunks));
      }).on('error', reject);
    });
  return { network, phone, companion, ada, group: id, fetched };
}

const notice = (companion: Companion, type: string): Promise<Node> =>
  companion.next((each) => (each.tag === 'notification' && each.attrs.type === type ? each : undefined));

it('has the picture of a user, gives it by address, and tells those who know them', async () => {
  const { phone, companion, ada, fetched } = await world();
  expect(codeOf(await ada.device.query(asking(phone.jid)))).toBe('404');
  const set = await phone.device.query(setting(jpeg('one')));
  const id = child(set, 'picture')?.attrs.id ?? '';
  const told = await received(ada, ({ attrs }) => attrs.type === 'picture');
  expect(told.attrs.from).toBe(phone.jid);
  expect(child(told, 'set')?.attrs).toEqual({ jid: phone.jid, id, author: phone.jid });
  expect(child(await notice(companion, 'account_sync'), 'picture')?.attrs.id).toBe(id);
  const found = child(await ada.device.query(asking(phone.lid)), 'picture');
  expect(found?.attrs).toMatchObject({ id, type: 'preview' });
  expect(await fetched(found?.attrs.url ?? '')).toEqual(Buffer.from(jpeg('one')));
  expect(child(await ada.device.query(asking(phone.jid, { id })), 'picture')).toBeUndefined();

  await companion.query(PICTURE, 'set', [node('picture', { type: 'image' }, jpeg('two'))]);
  const again = await received(ada, ({ attrs }) => attrs.type === 'picture');
  expect(child(again, 'set')?.attrs.id).not.toBe(id);
  await phone.device.query(setting(null));
  const gone = await received(ada, (each) => child(each, 'delete') !== undefined);
  expect(child(gone, 'delete')?.attrs).toEqual({ jid: phone.jid, author: phone.jid });
  expect(codeOf(await ada.device.query(asking(phone.jid)))).toBe('404');
});

it('lets nobody set the picture of another, nor anything but a JPEG', async () => {
  const { network, phone, ada, group } = await world();
  expect(codeOf(await ada.device.query(setting(jpeg('x'), phone.jid)))).toBe('403');
  expect(codeOf(await ada.device.query(setting(Buffer.from('GIF89a'))))).toBe('406');
  const stranger = new TestPhone(network);
  expect(codeOf(await stranger.device.query(setting(jpeg('x'), group)))).toBe('403');
  expect(codeOf(await stranger.device.query(asking(group)))).toBe('401');
});

it('has pictures of groups, which any member may change until it is locked', async () => {
  const { phone, ada, group, fetched } = await world();
  await ada.device.query(setting(jpeg('ours'), group));
  const told = await received(phone, ({ attrs }) => attrs.type === 'picture');
  expect(told.attrs.from).toBe(group);
  expect(child(told, 'set')?.attrs.author).toBe(ada.jid);
  const url = child(await phone.device.query(asking(group)), 'picture')?.attrs.url ?? '';
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  expect(hash(await fetched(url))).toBe(hash(jpeg('ours')));
  await phone.device.query(node('iq', { xmlns: 'w:g2', type: 'set', id: '9', to: group }, [node('locked')]));
  expect(codeOf(await ada.device.query(setting(jpeg('mine'), group)))).toBe('403');
});

it('keeps what users say about themselves, and tells those who know them', async () => {
  const { phone, companion, ada } = await world();
  await companion.query('status', 'set', [node('status', {}, Buffer.from('At the bakery 🥐'))]);
  const told = await received(ada, ({ attrs }) => attrs.type === 'status');
  expect(textOf(child(told, 'set'))).toBe('At the bakery 🥐');
  await received(phone, ({ attrs }) => attrs.type === 'status');
  const usync = node('usync', { sid: '1', mode: 'query', context: 'interactive', index: '0', last: 'true' }, [
    node('query', {}, [node('status'), node('picture')]),
    node('list', {}, [node('user', { jid: phone.jid })]),
  ]);
  const answer = await companion.query('usync', 'get', [usync]);
  const [user] = children(child(child(answer, 'usync'), 'list'), 'user');
  expect(textOf(child(user, 'status'))).toBe('At the bakery 🥐');
  const long = await companion.query('status', 'set', [node('status', {}, Buffer.from('x'.repeat(140)))]);
  expect(codeOf(long)).toBe('406');
});
