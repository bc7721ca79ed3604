/** Backup, wipe, restore elsewhere: every account comes online without a scan, and both ways go on. */
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account, Page } from '@trunkline/contracts';
import { type Person, type Sandbox, SandboxControl, startSandbox } from '@trunkline/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDatabase, dropDatabase, withClient } from '../apps/api/src/processes/postgres/database.ts';
import { removeDatabaseFiles } from '../apps/api/src/processes/postgres/remove.ts';
import { withDatabase } from '../apps/api/src/processes/postgres/url.ts';
import type {} from '../apps/api/src/testing/global-postgres.ts';
import { noPostgres15, startPostgres15 } from '../apps/api/src/testing/installed-postgres.ts';
import type { SpecPostgres } from '../apps/api/src/testing/spec-postgres.ts';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { Conversation } from './support/conversation.js';
import { connected, linkedAccount } from './support/link.js';
import { endProgramWhen, runProgram } from './support/program.js';
import { until } from './support/until.js';

describe('a backup of an installation that runs', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-backup-'));
  const [file, passphrase] = [join(folder, 'all.trunkline'), join(folder, 'passphrase')];
  let sandbox: Sandbox;
  let control: SandboxControl;
  const products: Product[] = [];
  const servers: SpecPostgres[] = [];
  const env = () => ({ SANDBOX: 'on', SANDBOX_URL: sandbox.url, SANDBOX_ROOT_KEY: sandbox.rootKey });

  beforeAll(async () => {
    writeFileSync(passphrase, 'correct horse battery staple\n');
    sandbox = await startSandbox({ port: 0, controlPort: 0 });
    control = new SandboxControl({ url: sandbox.control, token: sandbox.token });
  });
  afterEach(async () => {
    rmSync(file, { force: true });
    for (const product of products.splice(0)) await product.stop();
    for (const server of servers.splice(0)) await server.stop();
  });
  afterAll(async () => {
    await sandbox?.close();
    rmSync(folder, { recursive: true });
  });

  async function start(more: Record<string, string> = {}): Promise<Product> {
    const product = await startProduct({ env: { PAGES: 'off', ...env(), ...more } });
    products.push(product);
    return product;
  }
  const silent = (): Promise<Person> => control.createPerson({ rule: { kind: 'silent' } });
  const accountsOf = async (api: Api) => (await api.call<Page<Account>>('GET', '/whatsapp/accounts')).items;
  const backup = (product: Product, ...options: string[]) =>
    runProgram(product, ['backup', ...options, '--passphrase-file', passphrase, file]);
  const restore = (dataDir: string, more: Record<string, string> = {}, args = ['--yes']) =>
    runProgram({ dataDir }, ['restore', ...args, '--passphrase-file', passphrase, file], { ...env(), ...more });

  it('brings every account online elsewhere, on another PostgreSQL, without a scan, and both ways go on', async () => {
    const first = await start();
    const api = new Api(first.url, first.apiKey);
    const [person, other] = [await silent(), await silent()];
    const lives = [];
    for (const name of ['one', 'two']) {
      const { account, phone } = await linkedAccount(api, control, name);
      const group = await control.createGroup({
        subject: name,
        creator: person.number,
        participants: [phone.number, other.number],
      });
      const sides = { sandbox: control, accountId: account.id, phone, people: [person, other], group };
      await new Conversation({ ...sides, api }).bothWays(`before, ${name}`);
      lives.push(sides);
    }
    expect(await backup(first)).toMatchObject({ code: 0, output: expect.stringContaining('read back and checked') });
    // Gone on since: what is restored is older than what the people have seen.
    for (const sides of lives) await new Conversation({ ...sides, api }).bothWays('after the backup');
    await first.stop();
    products.splice(0);
    expect(existsSync(first.dataDir)).toBe(false);

    // The oldest that is supported, where the machine has it.
    const server = noPostgres15 ? { url: inject('maintenanceUrl'), stop: async () => {} } : await startPostgres15();
    servers.push(server);
    const name = `backup_${randomUUID().replaceAll('-', '')}`;
    await createDatabase(server.url, name);
    const elsewhere = {
      DATABASE_URL: withDatabase(server.url, name),
      DATA_DIR: mkdtempSync(join(tmpdir(), 'trunkline-elsewhere-')),
    };
    expect(await restore(elsewhere.DATA_DIR, elsewhere)).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 accounts restored, all accounts offline'),
    });
    const second = await start({ ...elsewhere, TRUNKLINE_API_KEY: first.apiKey });
    const there = new Api(second.url, first.apiKey);
    for (const { state, statusNote } of await accountsOf(there)) {
      expect(state).toMatchObject({ wanted: 'offline', status: 'inactive', userAction: 'reconnect' });
      expect(statusNote).toContain('Restored from a backup');
    }
    for (const sides of lives) {
      await there.initialize(sides.accountId);
      await connected(there, sides.accountId);
      const conversation = new Conversation({ ...sides, api: there });
      await conversation.bothWays('elsewhere');
      await conversation.clean();
      expect((await control.getPhone(sides.phone.number)).companions).toHaveLength(1);
    }
    await second.stop();
    products.splice(0);
    await dropDatabase(server.url, name);
  });

  it('says that the original still runs at the first 440, and stops that account', async () => {
    const first = await start();
    const api = new Api(first.url, first.apiKey);
    const { account } = await linkedAccount(api, control, 'twice');
    expect((await backup(first)).code).toBe(0);
    const dataDir = mkdtempSync(join(tmpdir(), 'trunkline-elsewhere-'));
    expect((await restore(dataDir)).code).toBe(0);
    const second = await start({ DATA_DIR: dataDir });
    const there = new Api(second.url, first.apiKey);
    await there.initialize(account.id);
    await connected(there, account.id);
    await until('the original to be stopped', async () => (await api.account(account.id)).state.reason === 'replaced');
    await api.initialize(account.id);
    const stopped = await until('the 440', async () => {
      const now = await there.account(account.id);
      return now.state.reason === 'replaced' && now;
    });
    expect(stopped.state).toMatchObject({ status: 'inactive', wanted: 'offline' });
    expect(stopped.statusNote).toContain('The original still runs');
    // Once: what follows may be anybody.
    await there.initialize(account.id);
    await connected(there, account.id);
    await until('the original to be stopped', async () => (await api.account(account.id)).state.reason === 'replaced');
    const original = await api.account(account.id);
    expect(original.statusNote).toContain('opened in another place');
    expect(original.statusNote).not.toContain('original');
    await api.initialize(account.id);
    const again = await until('the next 440', async () => {
      const now = await there.account(account.id);
      return now.state.reason === 'replaced' && now;
    });
    expect(again.statusNote).not.toContain('original');
  });

  it('is refused in one sentence: while the product runs there, without its key, without an answer, with a wrong passphrase, twice', async () => {
    const first = await start();
    expect(await backup(first, '--without-key')).toMatchObject({
      code: 0,
      output: expect.stringContaining('without the key, read back and checked'),
    });
    const again = await backup(first);
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('is there already')]);
    expect(await restore(first.dataDir)).toMatchObject({ code: 1, output: expect.stringContaining('already running') });
    const another = join(folder, 'stopped');
    const stopped = await withClient(first.databaseUrl, async (client) => {
      await client.query('begin; lock table mkt_wap_people in access exclusive mode');
      const args = ['backup', '--passphrase-file', passphrase, another];
      return endProgramWhen(first, args, () => existsSync(`${another}.half`), 'SIGINT');
    });
    expect([stopped.code, stopped.output]).toEqual([130, 'Stopped.\n']);
    expect(existsSync(`${another}.half`)).toBe(false);
    const dataDir = mkdtempSync(join(tmpdir(), 'trunkline-elsewhere-'));
    expect(await restore(dataDir)).toMatchObject({
      code: 1,
      output: expect.stringContaining('It was made without its key.'),
    });
    copyFileSync(join(first.dataDir, 'vault.key'), join(dataDir, 'vault.key'));
    expect(await restore(dataDir, {}, [])).toMatchObject({
      code: 1,
      output: expect.stringContaining('Answer with --yes'),
    });
    writeFileSync(join(folder, 'wrong'), 'another passphrase');
    const wrong = await runProgram({ dataDir }, ['restore', '--yes', '--passphrase-file', join(folder, 'wrong'), file]);
    expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining('The passphrase is wrong.') });
    expect((await restore(dataDir)).code).toBe(0);
    expect(await restore(dataDir)).toMatchObject({
      code: 1,
      output: expect.stringContaining('The target is not empty'),
    });
    removeDatabaseFiles(dataDir);
    rmSync(dataDir, { recursive: true });
  });
});
