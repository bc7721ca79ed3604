/** G.7: nothing that was secret lies about in clear: not in the log, the database or the data folder. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxControl } from '@trunkline/sandbox';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { linkedAccount } from './support/link.js';
import { until } from './support/until.js';

const PASSWORD = 'correct horse battery staple';

describe('secrets at rest', () => {
  let product: Product;
  let qr = '';

  beforeAll(async () => {
    product = await startProduct({
      env: { TRUNKLINE_ADMIN_EMAIL: 'owner@example.com', TRUNKLINE_ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: 'trace' },
    });
    const api = new Api(product.url, product.apiKey);
    const sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
    const { account } = await linkedAccount(api, sandbox, 'secretive');
    const person = await sandbox.createPerson({ rule: { kind: 'echo' } });
    const message = await api.send({ accountId: account.id, to: `+${person.number}`, text: 'hello' });
    await until('the reply', async () => (await api.messages(message.chatId)).items.length === 2);
    const unlinked = await api.createAccount('QR on screen');
    await api.initialize(unlinked.id);
    qr = (await until('a QR', () => api.qr(unlinked.id))).text;
  });
  afterAll(() => product?.stop());

  /** What would open a door: the key, the password, the advSecret of a QR. */
  const secrets = () => [product.apiKey, PASSWORD, qr.split(',')[3]!];

  it('has no secret in any row of the database', async () => {
    const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 1 });
    try {
      const tables = await pool.query<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'public'`,
      );
      expect(tables.rows.length).toBeGreaterThan(15);
      for (const { name } of tables.rows) {
        const { rows } = await pool.query<{ row: string }>(`select t::text as row from "${name}" t`);
        for (const secret of secrets()) {
          const found = rows.filter(({ row }) => holds(row, secret));
          expect(found, `${name} holds a secret in clear`).toEqual([]);
        }
      }
    } finally {
      await pool.end();
    }
  });

  it('has no secret in the log or any file of the data folder', () => {
    const files = filesBelow(product.dataDir).filter((path) => !path.includes('/sandbox/'));
    for (const path of files) {
      const text = readFileSync(path, 'latin1');
      for (const secret of secrets()) expect(holds(text, secret), `${path} holds a secret in clear`).toBe(false);
    }
    for (const secret of secrets()) expect(holds(product.log(), secret), 'the log holds a secret').toBe(false);
    expect(product.log()).not.toMatch(/privKey|privateKey|chainKey|rootKey":|noiseKey|"private"/);
  });

  it('keeps the data folder to its owner', () => {
    expect(statSync(product.dataDir).mode & 0o777).toBe(0o700);
  });
});

/** In clear, or as the hex that a bytea prints. */
function holds(text: string, secret: string): boolean {
  return text.includes(secret) || text.includes(Buffer.from(secret).toString('hex'));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
