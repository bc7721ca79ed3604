/**
 * What was accepted is seen once, or failed, or not known: with processes killed at the worst moments, acks lost, and each
 * refusal of the network. People of the sandbox count what they saw.
 */
import { randomUUID } from 'node:crypto';
import type { Message } from '@trunkline/contracts';
import { type FaultInput, SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';

describe('the outbox', () => {
  let product: Product;
  let api: Api;
  let sandbox: SandboxControl;
  let account: Awaited<ReturnType<typeof linkedAccount>>['account'];
  let phone: Awaited<ReturnType<typeof linkedAccount>>['phone'];

  beforeAll(async () => {
    product = await startProduct({ env: { PAGES: 'off' } });
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    ({ account, phone } = await linkedAccount(api, sandbox, 'outbox'));
  });
  afterAll(() => product?.stop());

  const person = (name = 'Ada') => sandbox.createPerson({ name, rule: { kind: 'silent' } });
  type Person = Awaited<ReturnType<typeof person>>;
  const fault = (effect: FaultInput['effect'], count?: number) =>
    sandbox.setFault({ account: phone.number, effect, ...(count === undefined ? {} : { count }) });
  const send = (to: Person | string, text: string, more: object = {}) =>
    api.send({ accountId: account.id, to: typeof to === 'string' ? to : `+${to.number}`, text, ...more });
  const settled = (message: Message, ...statuses: Message['status'][]) =>
    until(`${message.id} to be ${statuses.join(' or ')}`, async () => {
      const now = await api.message(message.id);
      return statuses.includes(now.status) && now;
    });
  const kill = (name: string) => {
    const found = Object.values(product.running.watched).find((each) => each.name.startsWith(name));
    if (!found) throw new Error(`no ${name} among ${product.running.watched.map((each) => each.name).join(', ')}`);
    process.kill(found.pid, 'SIGKILL');
  };
  const seenOnce = async (who: Person, texts: string[]) => {
    await until(`${texts.length} messages at ${who.number}`, async () => (await seen(who)).length >= texts.length, 60);
    const items = await seen(who);
    expect(items.map(({ text }) => text).toSorted()).toEqual(texts.toSorted());
    expect(items.every(({ times }) => times === 1)).toBe(true);
    expect((await sandbox.getPerson(who.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
  };
  const seen = async (who: Person) => (await sandbox.seen(who.number, { limit: 500 })).items;

  describe('what failed says why, by its own word', () => {
    const refusals: [word: string, effect: FaultInput['effect']][] = [
      ['contact_token_missing', { kind: 'nack', code: 463 }],
      ['new_chat_limit', { kind: 'nack', code: 475 }],
      ['rate_limited', { kind: 'nack', code: 429 }],
      ['too_large', { kind: 'nack', code: 413 }],
      ['recipient_blocked', { kind: 'nack', code: 403 }],
      ['rejected', { kind: 'nack', code: 500 }],
      ['query_timed_out', { kind: 'unanswered', xmlns: 'usync' }],
    ];
    it.each(refusals)('%s', async (word, effect) => {
      const { account: own, phone: line } = await linkedAccount(api, sandbox, word);
      const ada = await person();
      await sandbox.setFault({ account: line.number, effect, count: 1 });
      const message = await api.send({ accountId: own.id, to: `+${ada.number}`, text: word });
      const failed = await settled(message, 'failed');
      expect(failed.failure).toMatchObject({ code: word, certain: true, message: expect.stringMatching(/\w/) });
      expect(failed.failedAt).not.toBeNull();
      expect(await seen(ada)).toEqual([]);
    });

    it('reach_out_time_lock, with its end, while a reply passes', async () => {
      const { account: own, phone: line } = await linkedAccount(api, sandbox, 'locked');
      const [ada, bob] = [await person(), await person('Bob')];
      await sandbox.write(bob.number, { to: line.number, text: 'I know you' });
      await until('what Bob wrote', async () => (await api.chats(own.id)).items.length === 1);
      await sandbox.setFault({ account: line.number, effect: { kind: 'time-lock', seconds: 3_600 } });
      const cold = await api.send({ accountId: own.id, to: `+${ada.number}`, text: 'cold' });
      const failed = await settled(cold, 'failed');
      expect(failed.failure).toMatchObject({ code: 'reach_out_time_lock', certain: true });
      expect(Date.parse(failed.failure!.until!)).toBeGreaterThan(Date.now() + 3_000_000);
      await settled(await api.send({ accountId: own.id, to: `+${bob.number}`, text: 'a reply' }), 'delivered');
    });

    it('devices_changed only when a second try with the new devices is refused as well', async () => {
      const ada = await person();
      await fault({ kind: 'nack', code: 479 }, 1);
      await settled(await send(ada, 'once refused'), 'delivered');
      await seenOnce(ada, ['once refused']);
      const { account: own, phone: line } = await linkedAccount(api, sandbox, 'twice refused');
      await sandbox.setFault({ account: line.number, effect: { kind: 'nack', code: 479 }, count: 2 });
      const message = await api.send({ accountId: own.id, to: `+${ada.number}`, text: 'twice refused' });
      expect((await settled(message, 'failed')).failure).toMatchObject({ code: 'devices_changed', certain: true });
    });

    it('not_on_whatsapp, group_unknown, group_not_member, group_admins_only', async () => {
      const words = async (to: string) => (await settled(await send(to, 'x'), 'failed')).failure;
      expect(await words('+9990999999999')).toMatchObject({ code: 'not_on_whatsapp', certain: true });
      expect(await words('120363999999999999@g.us')).toMatchObject({ code: 'group_unknown', certain: true });
      const [ada, bob] = [await person(), await person('Bob')];
      const closed = await sandbox.createGroup({
        subject: 'Without us',
        creator: ada.number,
        participants: [bob.number],
      });
      expect(await words(closed.id)).toMatchObject({ code: 'group_not_member', certain: true });
      const news = await sandbox.createGroup({ subject: 'News', creator: ada.number, participants: [phone.number] });
      await sandbox.changeGroup(news.id, { announcement: true });
      expect(await words(news.id)).toMatchObject({ code: 'group_admins_only', certain: true });
    });
  });

  it('tells each member of a group how far a message came', async () => {
    const readers = [await sandbox.createPerson({ rule: { kind: 'mute' } }), await person('Bob')];
    const group = await sandbox.createGroup({
      subject: 'Readers',
      creator: readers[0]!.number,
      participants: [readers[1]!.number, phone.number],
    });
    const message = await settled(await send(group.id, 'to all'), 'delivered', 'read');
    const receipts = await until('both, and the one who reads', async () => {
      const { items } = await api.call<{
        items: { phoneNumber: string; readAt: string | null; deliveredAt: string | null }[];
      }>('GET', `/whatsapp/messages/${message.id}/receipts`);
      const isThere = items.length === readers.length && items.every(({ deliveredAt }) => deliveredAt !== null);
      return isThere && items.some(({ readAt }) => readAt !== null) && items;
    });
    expect(receipts.map(({ phoneNumber }) => phoneNumber).toSorted()).toEqual(
      readers.map(({ number }) => `+${number}`).toSorted(),
    );
    expect(receipts.filter(({ readAt }) => readAt !== null)).toHaveLength(1);
  });

  it('sends once what a worker that was killed had begun, whether or not it had left', async () => {
    const people = await Promise.all(['A', 'B', 'C', 'D'].map((name) => person(name)));
    const texts: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const now = Array.from({ length: 25 }, (_, i) => `round ${round} message ${i}`);
      texts.push(...now);
      const messages = people.flatMap((one) =>
        now.map((text) => ({
          idempotencyKey: randomUUID(),
          message: { accountId: account.id, to: `+${one.number}`, text },
        })),
      );
      await api.call('POST', '/whatsapp/messages/batch', { messages });
      // Between the commit and the send of some, and the send and the ack of others.
      await until('some to have begun', async () => (await seen(people[0]!)).length > round * 25 + round);
      kill('worker sandbox');
      await until('the worker to be back', async () =>
        product.running.watched.some(({ name }) => name.startsWith('worker')),
      );
      await connected(api, account.id);
    }
    for (const one of people) await seenOnce(one, texts);
    const [ada] = people;
    const order = (await seen(ada!)).map(({ text }) => text);
    expect(order).toEqual(texts);
  });

  it('sends once what was taken and never acked, after the worker was killed', async () => {
    const ada = await person();
    await fault({ kind: 'lost-ack' }, 1);
    const message = await send(ada, 'taken, and no ack');
    await until('it at the person', async () => (await seen(ada)).length === 1);
    kill('worker sandbox');
    await connected(api, account.id);
    await settled(message, 'delivered');
    await seenOnce(ada, ['taken, and no ack']);
  });

  it('sends once a text before which it was still typing when its worker was killed', async () => {
    const ada = await person();
    const text =
      'It takes some seconds to type all of this, so that the worker can be killed before any of it is sent.';
    const message = await send(ada, text, { simulateTyping: true });
    await sandbox.until(
      () => sandbox.shown(ada.number),
      (all) => all.some(({ doing, from }) => doing === 'typing' && from === phone.number),
    );
    kill('worker sandbox');
    expect((await api.message(message.id)).status).toBe('queued');
    expect(await seen(ada)).toEqual([]);
    await settled(message, 'delivered');
    await seenOnce(ada, [text]);
  });

  it('sends at all what the network lost, at the next connection', async () => {
    const ada = await person();
    await fault({ kind: 'lost-message' }, 1);
    const message = await send(ada, 'lost on the way');
    await settled(message, 'sending');
    await until('the loss', async () => (await sandbox.counts())['faults:lost-message']);
    await fault({ kind: 'close' }, 1);
    await settled(message, 'delivered');
    await seenOnce(ada, ['lost on the way']);
  });

  it('accepts once what a client asks for again, when the api is killed under its requests', async () => {
    const ada = await person();
    const keys = Array.from({ length: 30 }, (_, i) => `order ${i} ${randomUUID()}`);
    const ask = (key: string) =>
      until(key, () => api.send({ accountId: account.id, to: `+${ada.number}`, text: key }, key), 60);
    const asked = keys.map(ask);
    await asked[0];
    kill('api');
    const messages = await Promise.all(asked);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(keys.length);
    await seenOnce(ada, keys);
  });

  it('loses nothing and repeats nothing when the database is killed', async () => {
    const ada = await person();
    const keys = Array.from({ length: 20 }, (_, i) => `kept ${i} ${randomUUID()}`);
    const ask = (key: string) =>
      until(key, () => api.send({ accountId: account.id, to: `+${ada.number}`, text: key }, key), 60);
    const asked = keys.map(ask);
    await asked[0];
    kill('database');
    await Promise.all(asked);
    await connected(api, account.id);
    await seenOnce(ada, keys);
  });
});
