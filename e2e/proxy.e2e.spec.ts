/**
 * An account behind a proxy, in the whole product: with one, not a byte reaches the network by another way, whatever
 * happens to the proxy. The network is a sandbox of its own, behind a front that counts what reaches it.
 */
import { type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import type { AccountProxy, AccountState, HealthReport, Proxy, ProxyPool, ProxyTest } from '@trunkline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, front } from '../apps/api/src/modules/whatsapp/proxies/testing/counted.js';
import { startProxy, type TestProxy } from '../apps/api/src/modules/whatsapp/proxies/testing/test.proxy.js';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { secretText } from '../apps/api/src/testing/secrets.js';
import { Api } from './support/api.js';
import { connected } from './support/link.js';
import { until } from './support/until.js';

const credentials = { username: 'the shop', password: 'a password of the proxy' };

describe.each(['http', 'socks5'] as const)('behind a %s proxy', (kind) => {
  let sandbox: Sandbox;
  let door: Listening;
  let server: TestProxy;
  let product: Product;
  let api: Api;
  let control: SandboxControl;
  let proxy: Proxy;
  let accountId: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    door = await front(Number(new URL(sandbox.url).port));
    server = await startProxy(kind, { credentials });
    const SANDBOX_URL = `ws://127.0.0.1:${door.port}/ws/chat`;
    product = await startProduct({ env: { SANDBOX_URL, SANDBOX_ROOT_KEY: sandbox.rootKey, PAGES: 'off' } });
    product.keep(...secretText('the password of the proxy', credentials.password));
    api = new Api(product.url, product.apiKey);
    control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
  });
  afterAll(async () => {
    await product?.stop();
    await server?.close();
    await door?.close();
    await sandbox?.close();
  });
  const assign = (wish: object) => api.call<AccountProxy>('PUT', `/whatsapp/accounts/${accountId}/proxy`, wish);
  const waiting = () =>
    until('the reason proxy', async () => {
      const { state } = await api.account(accountId);
      return state.reason === 'proxy' && state.nextAttemptAt !== null && state;
    });

  /** At once; that it does so by itself, and when, is in the machine's specs and the matrix, whose clocks are turned. */
  const tryAgain = async ({ nextAttemptAt }: AccountState) => {
    await api.initialize(accountId);
    await until('another attempt', async () => (await waiting()).nextAttemptAt !== nextAttemptAt);
  };

  it('links, sends and receives, and every byte of it goes by the proxy', async () => {
    const pool = await api.call<ProxyPool>('POST', '/whatsapp/proxy-pools', { name: 'Jakarta' });
    const { host, port } = server.address;
    const values = { name: 'Jakarta 1', kind, host, port, credentials, poolId: pool.id };
    proxy = await api.call<Proxy>('POST', '/whatsapp/proxies', values);
    expect(
      await api.call<ProxyTest>('POST', `/whatsapp/proxies/${proxy.id}/test`, { network: 'sandbox' }),
    ).toMatchObject({
      ok: true,
    });
    accountId = (await api.createAccount('behind')).id;
    expect(await assign({ poolId: pool.id })).toEqual({ proxyId: proxy.id, poolId: pool.id });

    // The page that names the current client is read as well, and by the same way.
    await control.setFault({ effect: { kind: 'least-version', version: [2, 3000, 2_000_000_000] } });
    await api.initialize(accountId);
    const qr = await until('a QR', () => api.qr(accountId));
    const phone = await control.createPhone({ pushName: 'Behind' });
    await control.scan(phone.number, { qr: qr.text });
    await connected(api, accountId);
    const person = await control.createPerson({ rule: { kind: 'echo' } });
    const message = await api.send({ accountId, to: `+${person.number}`, text: 'by a detour' });
    await until('the reply', async () => (await api.messages(message.chatId)).items.length === 2);
    await api.disconnect(accountId);
    const { clientVersions } = await api.call<HealthReport>('GET', '/whatsapp/health');
    expect(clientVersions).toContainEqual(
      expect.objectContaining({ network: 'sandbox', version: '2.3000.2000000000' }),
    );
    expect((await control.counts())['version-pages']).toBe(1);
    await until('the same count', async () => JSON.stringify(server.count) === JSON.stringify(door.count));
    expect(door.count.up).toBeGreaterThan(10_000);
  });

  it('waits with the reason when the proxy dies under way, and comes back when it is there again', async () => {
    await api.initialize(accountId);
    await connected(api, accountId);
    await server.close();
    const state = await waiting();
    expect(state).toMatchObject({ status: 'active', connection: 'reconnecting', wanted: 'online' });
    const reached = { ...door.count };
    await tryAgain(state);
    expect(door.count).toEqual(reached);

    server = await startProxy(kind, { credentials });
    await api.call('PATCH', `/whatsapp/proxies/${proxy.id}`, { port: server.port });
    await connected(api, accountId);
    expect(server.count.connections).toBe(1);
  });

  it('waits with the reason when the proxy refuses the password', async () => {
    await api.call('PATCH', `/whatsapp/proxies/${proxy.id}`, { credentials: { ...credentials, password: 'wrong' } });
    await waiting();
    const reached = { ...door.count };
    const { state } = await api.account(accountId);
    await tryAgain(state);
    expect(door.count).toEqual(reached);
  });

  it('goes straight when a person says so, and not before', async () => {
    const [by, all] = [server.count.connections, door.count.connections];
    expect(await assign({ proxyId: null })).toEqual({ proxyId: null, poolId: null });
    await connected(api, accountId);
    expect([server.count.connections, door.count.connections]).toEqual([by, all + 1]);
  });
});
