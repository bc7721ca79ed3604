/**
 * G.7: nothing that was secret lies about in clear: not in the log, the database or the data folder. `Product.stop` looks
 * after every spec that runs the product; here is what it must be able to find, and that it does.
 */
import { statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../apps/api/src/processes/postgres/database.js';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import {
  findInFiles,
  findInRows,
  readVaultKeys,
  secretKey,
  secretsOfAccounts,
  secretText,
} from '../apps/api/src/testing/secrets.js';
import { Api } from './support/api.js';
import { linkedAccount } from './support/link.js';
import { until } from './support/until.js';

const PASSWORD = 'correct horse battery staple';

describe('secrets at rest', () => {
  let product: Product;
  let api: Api;

  beforeAll(async () => {
    product = await startProduct({
      env: { TRUNKLINE_ADMIN_EMAIL: 'owner@example.com', TRUNKLINE_ADMIN_PASSWORD: PASSWORD },
    });
    api = new Api(product.url, product.apiKey);
    const sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    const { account } = await linkedAccount(api, sandbox, 'secretive');
    const person = await sandbox.createPerson({ rule: { kind: 'echo' } });
    const message = await api.send({ accountId: account.id, to: `+${person.number}`, text: 'hello' });
    await until('the reply', async () => (await api.messages(message.chatId)).items.length === 2);
    const unlinked = await api.createAccount('QR on screen');
    await api.initialize(unlinked.id);
    const qr = await until('a QR', () => api.qr(unlinked.id));
    product.keep(...secretText('the secret of a QR', qr.text.split(',')[3]!));
  });
  // Rejects when anything of it lies in clear.
  afterAll(() => product?.stop());

  it('are known to the scan: four private keys of each linked account and what its QR held', async () => {
    const keys = readVaultKeys(product.dataDir, undefined);
    const secrets = await withClient(product.databaseUrl, (client) => secretsOfAccounts(client, keys));
    expect(secrets.map(({ what }) => what).sort()).toEqual([
      '.value.advSecretKey',
      '.value.noiseKey.private',
      '.value.pairingEphemeralKeyPair.private',
      '.value.signedIdentityKey.private',
      '.value.signedPreKey.keyPair.private',
    ]);
  });

  it('are found by it in a row, and in a file in each way of spelling', async () => {
    // Made up: what stands here once stays in the files of the database, also when it is rolled back.
    const [secret] = secretKey(randomBytes(32));
    const found = await withClient(product.databaseUrl, async (client) => {
      await client.query('begin');
      await client.query('update mkt_wap_accounts set notes = $1', [secret!.forms[0]]);
      return findInRows(client, [secret!]);
    });
    expect(found).toEqual(['the vault key in mkt_wap_accounts']);
    const path = join(product.dataDir, 'logs', 'spec.log');
    for (const form of secret!.forms) {
      writeFileSync(path, `before ${form} after`, 'latin1');
      expect(findInFiles(product.dataDir, [secret!])).toContain(`the vault key in ${path}`);
    }
  });

  it('are in no log that names them', () => {
    expect(product.log()).not.toMatch(/privKey|privateKey|chainKey|rootKey":|noiseKey|"private"/);
  });

  it('keep the data folder to its owner', () => {
    expect(statSync(product.dataDir).mode & 0o777).toBe(0o700);
  });
});
