/** A sandbox worker pointed at a server that is not ours: trusted by the root key that was given, and by no other. */
import { type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { linkedAccount } from './support/link.js';
import { until } from './support/until.js';

let foreign: Sandbox;
let product: Product | undefined;

beforeAll(async () => {
  foreign = await startSandbox({ port: 0, controlPort: 0 });
});
afterEach(async () => {
  await product?.stop();
  product = undefined;
});
afterAll(() => foreign?.close());

it('links and sends on it, and has no control over it', async () => {
  product = await startProduct({ env: { SANDBOX_URL: foreign.url, SANDBOX_ROOT_KEY: foreign.rootKey } });
  const api = new Api(product.url, product.apiKey);
  const control = new SandboxControl({ url: foreign.control, token: foreign.token });
  const { account } = await linkedAccount(api, control, 'abroad');
  const person = await control.createPerson({ rule: { kind: 'silent' } });
  const message = await api.send({ accountId: account.id, to: `+${person.number}`, text: 'hello' });
  const seen = await control.waitForSeen(person.number, ({ id }) => id === message.waId);
  expect(seen).toMatchObject({ text: 'hello', times: 1 });
  await expect(api.call('GET', '/sandbox/status')).rejects.toMatchObject({ status: 404 });
});

it('refuses it when the root key is another', async () => {
  const other = 'ab'.repeat(32);
  product = await startProduct({ env: { SANDBOX_URL: foreign.url, SANDBOX_ROOT_KEY: other } });
  const api = new Api(product.url, product.apiKey);
  const account = await api.createAccount('mistrusted');
  await api.initialize(account.id);
  const refused = await until('the refusal', async () => {
    const now = await api.account(account.id);
    return now.state.reason === 'bad_certificate' && now;
  });
  expect(refused.state).toMatchObject({ status: 'warming', connection: 'connecting' });
});
