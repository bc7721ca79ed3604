/** G.3: everything dies at once, and nobody scans twice. */
import { SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { Events } from './support/events.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';

describe('kill -9 of everything', () => {
  let product: Product;
  const connect = () => ({
    api: new Api(product.url, product.apiKey),
    sandbox: new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey }),
  });

  beforeAll(async () => {
    product = await startProduct({ env: { PAGES: 'off' } });
  });
  afterAll(() => product?.stop());

  it('brings the account back without a scan, with its history, and the next message arrives once', async () => {
    let { api, sandbox } = connect();
    const { account, phone } = await linkedAccount(api, sandbox, 'survivor');
    const person = await sandbox.createPerson({ name: 'Ada', rule: { kind: 'echo' } });
    const before = await api.send({ accountId: account.id, to: `+${person.number}`, text: 'before' });
    await until('the reply', async () => (await api.messages(before.chatId)).items.length === 2);
    const [companion] = (await sandbox.getPhone(phone.number)).companions;

    await product.killAll();
    product = await product.startAgain();
    ({ api, sandbox } = connect());

    await connected(api, account.id);
    const events = await Events.open(product.url, product.apiKey, account.id, 0);
    const history = (await api.messages(before.chatId)).items.map((message) => [message.direction, message.waId]);
    expect(history).toHaveLength(2);
    expect((await sandbox.getPhone(phone.number)).companions).toEqual([companion]);

    const after = await api.send({ accountId: account.id, to: `+${person.number}`, text: 'after' });
    await until('the second reply', async () => (await api.messages(before.chatId)).items.length === 4);
    const { items } = await sandbox.seen(person.number, {});
    expect(items.map(({ id, text, times }) => ({ id, text, times }))).toEqual([
      { id: before.waId, text: 'before', times: 1 },
      { id: after.waId, text: 'after', times: 1 },
    ]);
    expect((await sandbox.getPerson(person.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    expect(events.seen.filter((event) => event.event === 'account.qr')).toHaveLength(
      events.seen.filter((event) => event.event === 'account.qr' && event.timestamp < before.createdAt).length,
    );
    events.close();
  });
});
