/** G.4: a QR that nobody scans, and a number that comes late or never. The clock is turned, never waited for. */
import { SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { Events } from './support/events.js';
import { connected } from './support/link.js';
import { until } from './support/until.js';

const MINUTE = 60_000;

describe('deadlines', () => {
  let product: Product;
  let api: Api;
  let sandbox: SandboxControl;
  let events: Events;

  beforeAll(async () => {
    product = await startProduct({ env: { PAGES: 'off', TRUNKLINE_TEST_CLOCK: 'on' } });
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    events = await Events.open(product.url, product.apiKey);
  });
  afterAll(async () => {
    events?.close();
    await product?.stop();
  });

  it('gives up a QR that nobody scanned for five minutes, and says what to do', async () => {
    const account = await api.createAccount('unscanned');
    await api.initialize(account.id);
    await until('a QR', () => api.qr(account.id));
    await api.turnClock(5 * MINUTE + 1000);

    const error = await events.next('account.error', (event) => event.accountId === account.id);
    expect(error.payload.action).toBe('retry_initialize');
    const after = await until('inactive', async () => {
      const now = await api.account(account.id);
      return now.state.status === 'inactive' && now;
    });
    expect(after.state).toMatchObject({ connection: 'offline', userAction: 'retry_initialize' });
    expect(after.statusNote).toBeTruthy();

    await api.initialize(account.id);
    const phone = await sandbox.createPhone({ pushName: 'Second try' });
    const qr = await until('a new QR', () => api.qr(account.id));
    await sandbox.scan(phone.number, { qr: qr.text });
    await connected(api, account.id);
  });

  it('finds the number of a device that was named by LID only', async () => {
    const { account, phone } = await scanByLid('late number');
    expect(await connected(api, account.id)).toMatchObject({ phoneNumber: `+${phone.number}` });
  });

  it('asks for the number when the network never tells it', async () => {
    const silent = await sandbox.setFault({ effect: { kind: 'unanswered', xmlns: 'usync' } });
    try {
      const { account } = await scanByLid('no number');
      await until('authenticating', async () => (await api.account(account.id)).state.status !== 'warming');
      await api.turnClock(MINUTE + 5000);
      const error = await events.next('account.error', (event) => event.accountId === account.id);
      expect(error.payload).toMatchObject({ action: 'update_phone', reason: 'phone_number_missing' });
      const after = await api.account(account.id);
      expect(after.state).toMatchObject({ status: 'inactive', connection: 'offline', userAction: 'update_phone' });
    } finally {
      await sandbox.clearFault(silent.id);
    }
  });

  async function scanByLid(name: string) {
    const account = await api.createAccount(name);
    const phone = await sandbox.createPhone({ pushName: name });
    await api.initialize(account.id);
    const qr = await until('a QR', () => api.qr(account.id));
    await sandbox.scan(phone.number, { qr: qr.text, lidOnly: true });
    return { account, phone };
  }
});
