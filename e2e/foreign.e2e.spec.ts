/** A sandbox worker pointed at a server that is not ours: trusted by the root key that was given, and by no other. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { newTlsKey } from '../packages/sandbox/src/protocol/self.signed.js';
import { issueCertificate } from '../packages/sandbox/src/protocol/x509.js';
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

describe('behind TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-ca-'));
  const [own, other] = [authority('Own CA'), authority('Another CA')];
  const served = certificate(own);
  /** Ends the TLS, and passes on to the foreign sandbox. */
  const front = createServer(served, (client) => {
    const to = connect(Number(new URL(foreign.url).port), '127.0.0.1');
    for (const [from, into] of [[client, to] as const, [to, client] as const])
      from.pipe(into).on('error', () => from.destroy());
  });

  beforeAll(() => new Promise<void>((resolve) => void front.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    front.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Trusting this authority. */
  const start = async ({ cert }: { cert: string }) => {
    const SANDBOX_CA = join(folder, 'ca.pem');
    writeFileSync(SANDBOX_CA, cert);
    const SANDBOX_URL = `wss://127.0.0.1:${(front.address() as AddressInfo).port}/ws/chat`;
    product = await startProduct({ env: { SANDBOX_URL, SANDBOX_ROOT_KEY: foreign.rootKey, SANDBOX_CA, PAGES: 'off' } });
    return new Api(product.url, product.apiKey);
  };

  it('links on it by the authority that was given', async () => {
    const control = new SandboxControl({ url: foreign.control, token: foreign.token });
    await linkedAccount(await start(own), control, 'abroad, sealed');
  });

  it('refuses it when the certificate is of another authority', async () => {
    const api = await start(other);
    const account = await api.createAccount('mistrusted');
    await api.initialize(account.id);
    const refused = await until('the second attempt', async () => {
      const now = await api.account(account.id);
      return now.state.attempt >= 2 && now;
    });
    expect(refused.state).toMatchObject({ status: 'warming', reason: 'network_unreachable' });
    await expect(api.qr(account.id)).rejects.toMatchObject({ status: 404 });
  });
});

const DAY = 24 * 3_600_000;

function authority(name: string) {
  const key = newTlsKey();
  const [from, to] = [Date.now() - DAY, Date.now() + DAY];
  return { key, cert: issueCertificate({ key, name, authority: true, from, to }) };
}

function certificate(issuer: { key: string; cert: string }) {
  const key = newTlsKey();
  const [from, to] = [Date.now() - DAY, Date.now() + DAY];
  return { key, cert: issueCertificate({ key, name: 'abroad', hosts: ['127.0.0.1'], from, to, issuer }) };
}
