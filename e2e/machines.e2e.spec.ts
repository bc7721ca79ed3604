/** Two installations on one database, as on two machines: they start at once, each account has one owner, and one is lost. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase, dropDatabase, withClient } from '../apps/api/src/processes/postgres/database.js';
import { withDatabase } from '../apps/api/src/processes/postgres/url.js';
import type {} from '../apps/api/src/testing/global-postgres.ts';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';

const ACCOUNTS = 4;

describe('two machines on one database', () => {
  const name = `machines_${randomUUID().replaceAll('-', '')}`;
  const DATABASE_URL = withDatabase(inject('maintenanceUrl'), name);
  const TRUNKLINE_API_KEY = randomBytes(24).toString('base64url');
  let sandbox: Sandbox;
  let control: SandboxControl;
  let machines: Product[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, controlPort: 0 });
    control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
    await createDatabase(inject('maintenanceUrl'), name);
    const env = {
      DATABASE_URL,
      TRUNKLINE_API_KEY,
      TRUNKLINE_VAULT_KEY: randomBytes(32).toString('hex'),
      SANDBOX: 'on',
      SANDBOX_URL: sandbox.url,
      SANDBOX_ROOT_KEY: sandbox.rootKey,
      PAGES: 'off',
    };
    // The schema is made by the one or the other.
    machines = await Promise.all([startProduct({ env }), startProduct({ env })]);
  });
  afterAll(async () => {
    for (const machine of machines) await machine.stop();
    await sandbox?.close();
    await dropDatabase(inject('maintenanceUrl'), name);
  });

  const apis = () => machines.map(({ url }) => new Api(url, TRUNKLINE_API_KEY));
  /** Of the workers that own an account now. */
  const owners = () =>
    withClient(DATABASE_URL, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        'select distinct w.pid from mkt_wap_leases l join mkt_wap_workers w on w.id = l.owner',
      );
      return rows.map(({ pid }) => pid);
    });
  const pidsOf = (machine: Product) => machine.running.watched.map(({ pid }) => pid);
  const owns = (machine: Product, all: number[]) => all.some((pid) => pidsOf(machine).includes(pid));

  it('log in each account once, and the one goes on with all of them when the other is lost', async () => {
    const ids: string[] = [];
    for (let n = 0; n < ACCOUNTS; n += 1)
      ids.push((await linkedAccount(apis()[n % 2]!, control, `No. ${n}`)).account.id);
    expect(await control.counts()).toMatchObject({ logins: ACCOUNTS });
    const owner = await owners();
    const [lost, left] = machines.toSorted((a) => (owns(a, owner) ? -1 : 1)) as [Product, Product];
    expect(owns(lost, owner)).toBe(true);

    // Any machine answers for any account.
    const api = new Api(left.url, TRUNKLINE_API_KEY);
    const ada = await control.createPerson({ rule: { kind: 'mute' } });
    const send = (text: string) =>
      Promise.all(ids.map((accountId) => api.send({ accountId, to: `+${ada.number}`, text })));
    const underWay = send('while it dies');
    await lost.killAll();
    const from = performance.now();
    await until('one owner of all', async () => (await owners()).every((pid) => pidsOf(left).includes(pid)), 40);
    for (const id of ids) await connected(api, id, 40);
    expect(performance.now() - from).toBeLessThan(30_000);
    await underWay;
    await send('after');
    const seen = await until('all of it', async () => {
      const { items } = await control.seen(ada.number, {});
      return items.length >= 2 * ACCOUNTS && items;
    });
    expect(seen.map(({ times }) => times)).toEqual(Array(2 * ACCOUNTS).fill(1));
    expect((await control.getPerson(ada.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    expect((await control.counts()).replaced ?? 0).toBe(0);
  });
});
