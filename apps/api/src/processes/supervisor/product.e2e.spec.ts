import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { cloneRoot } from '../../config/clone-root.ts';
import { type Product, type ProductOptions, startProduct } from '../../testing/product.ts';
import type { Watched } from '../ending.ts';
import { identify, isAlive, signal } from '../identity.ts';
import { createDatabase, dropDatabase, withClient } from '../postgres/database.ts';
import { withDatabase } from '../postgres/url.ts';
import { waitUntil } from '../wait.ts';

/** Without pages: they are a child like the others here, and take the longest to start. */
const quick = { PAGES: 'off' };
let product: Product | undefined;

async function end(): Promise<void> {
  await product?.stop();
  product = undefined;
}

async function start(options: ProductOptions = {}): Promise<Product> {
  product = await startProduct({ ...options, env: { ...quick, ...options.env } });
  return product;
}

const find = (name: string): Watched | undefined => product!.running.watched.find((each) => each.name === name);
const live = async () => (await fetch(`${product!.url}/api/health/live`)).status;

/** The name's process once it is another than `before`. */
async function replacement(before: Watched): Promise<Watched> {
  const replaced = () => find(before.name) !== undefined && find(before.name)!.pid !== before.pid;
  expect(await waitUntil(replaced, { withinMs: 20_000 })).toBe(true);
  return find(before.name)!;
}

describe('the product that runs', () => {
  beforeAll(() => start({ env: { WORKERS: '2' } }));
  afterAll(end);

  it('prints the set-up link on the terminal and keeps it out of the log', async () => {
    expect(product!.setupLink).toMatch(/^http/);
    expect(product!.printed).toContain(product!.setupLink);
    expect(product!.log()).not.toContain(new URL(product!.setupLink).search || product!.setupLink);
  });

  it('refuses a second start on its data folder and says who holds it', async () => {
    const second = await runToEnd({ DATA_DIR: product!.dataDir, PORT: '0' });
    expect(second.code).toBe(1);
    expect(second.printed).toContain(
      `already running on the data folder ${product!.dataDir} (process ${product!.pid},`,
    );
    expect(await live()).toBe(200);
  });

  it('starts the database again when it is killed under way; nothing else ends', async () => {
    const [database, api, sandbox] = ['database', 'api', 'sandbox'].map((name) => find(name)!);
    signal(database!, 'SIGKILL');
    await replacement(database!);
    const works = () =>
      withClient(product!.databaseUrl, (client) => client.query('select 1')).then(
        () => true,
        () => false,
      );
    expect(await waitUntil(works, { withinMs: 20_000 })).toBe(true);
    expect([find('api'), find('sandbox')]).toEqual([api, sandbox]);
    expect(await live()).toBe(200);
  });

  it('starts the api again on its port when it crashes', async () => {
    const api = find('api')!;
    signal(api, 'SIGKILL');
    await replacement(api);
    expect(
      await waitUntil(
        () =>
          live().then(
            (status) => status === 200,
            () => false,
          ),
        { withinMs: 20_000 },
      ),
    ).toBe(true);
    // It does not print another set-up link: the one on the terminal serves.
    expect(product!.printed.split('/setup?token=')).toHaveLength(2);
    expect(product!.log()).toMatch(/The api ended \(SIGKILL.*starting it again in \d+ ms/);
  });

  it('starts workers when a network gets its first account; one that dies takes nothing with it', async () => {
    expect(find('worker sandbox 1')).toBeUndefined();
    await createAccount();
    expect(
      await waitUntil(() => Boolean(find('worker sandbox 1') && find('worker sandbox 2')), { withinMs: 20_000 }),
    ).toBe(true);
    const [worker, other, api] = ['worker sandbox 1', 'worker sandbox 2', 'api'].map((name) => find(name)!);
    // Its young generation is bounded, where Linux tells what it was started with.
    if (process.platform === 'linux')
      expect(readFileSync(`/proc/${other!.pid}/cmdline`, 'utf8')).toContain('--max-semi-space-size=16');
    expect(await waitUntil(async () => (await liveWorkers()) === 2, { withinMs: 20_000 })).toBe(true);
    signal(worker!, 'SIGKILL');
    await replacement(worker!);
    expect([find('worker sandbox 2'), find('api')]).toEqual([other, api]);
    expect(await waitUntil(async () => (await liveWorkers()) === 2, { withinMs: 20_000 })).toBe(true);
  });
});

describe('the product', () => {
  afterEach(end);

  it('serves on one port, and SIGTERM ends all of it within 10 s, in order', async () => {
    await start();
    expect(await live()).toBe(200);
    expect(find('database')).toBeDefined();
    expect(find('sandbox')).toBeDefined();
    expect(statSync(product!.dataDir).mode & 0o777).toBe(0o700);
    // Rejects when anything is left after 10 s.
    await product!.stop();
    expect(product!.printed).toContain('Trunkline is ready at http://localhost:');
    product = undefined;
  });

  it.runIf(process.platform === 'linux')('listens on 127.0.0.1 alone, or on HOST alone', async () => {
    const at = (host: string) =>
      fetch(`http://${host}:${new URL(product!.url).port}/api/health/live`).then(
        ({ status }) => status,
        (error: Error) => (error.cause as { code?: string }).code,
      );
    await start({ env: { SANDBOX: 'off' } });
    expect([await at('127.0.0.1'), await at('127.0.0.2')]).toEqual([200, 'ECONNREFUSED']);
    await product!.killAll();
    product = await product!.startAgain({ HOST: '127.0.0.2' });
    expect([await at('127.0.0.1'), await at('127.0.0.2')]).toEqual(['ECONNREFUSED', 200]);
    expect(product.printed).toContain('Trunkline is ready at http://127.0.0.2:');
  });

  it('leaves nothing alive 10 s after the supervisor was killed with -9, and starts again', async () => {
    await start();
    expect(product!.printed).toContain(`Save a copy of ${join(product!.dataDir, 'vault.key')}`);
    const all = product!.pids.map((pid) => identify(pid)!);
    process.kill(product!.pid, 'SIGKILL');
    expect(await waitUntil(() => !all.some(isAlive), { withinMs: 10_000 })).toBe(true);
    product = await product!.startAgain();
    expect(await live()).toBe(200);
    // Said at the start that made the key, and at no other.
    expect(product.printed).not.toContain('Save a copy');
  });

  it('starts on what a supervisor and a guard that were both killed left running', async () => {
    await start();
    const { guard, watched } = product!.running;
    for (const identity of [guard!, identify(product!.pid)!]) signal(identity, 'SIGKILL');
    product = await product!.startAgain();
    expect(watched.filter(isAlive)).toEqual([]);
    expect(await live()).toBe(200);
  });

  it('says of a busy port how to choose another', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, printed } = await inFolder((DATA_DIR) => runToEnd({ DATA_DIR, PORT: String(port) }));
    server.close();
    expect(code).toBe(1);
    expect(printed.trim()).toMatch(
      new RegExp(`^PORT ${port} is already in use on 127.0.0.1. Choose another, for example: PORT=\\d+ npm start$`),
    );
  });

  it('stops at a wrong variable, names it, and hides a secret', async () => {
    expect(await runToEnd({ SANDBOX: 'maybe' })).toEqual({
      code: 1,
      printed: 'SANDBOX is "maybe"; it must be on or off.\n',
    });
    const { code, printed } = await runToEnd({ TRUNKLINE_VAULT_KEY: 'hunter2' });
    expect(code).toBe(1);
    expect(printed).toContain('TRUNKLINE_VAULT_KEY is a value that is not shown here');
    expect(printed).not.toContain('hunter2');
  });

  it('runs on the PostgreSQL of DATABASE_URL, and leaves it alone when it stops', async () => {
    const DATABASE_URL = await createExternal();
    await start({ env: { DATABASE_URL, SANDBOX: 'on' } });
    expect(await live()).toBe(200);
    expect(find('database')).toBeUndefined();
    await product!.stop();
    product = undefined;
    const { rows } = await withClient(DATABASE_URL, (client) =>
      client.query('select count(*)::int as n from mkt_wap_accounts'),
    );
    expect(rows).toEqual([{ n: 0 }]);
    await dropDatabase(inject('maintenanceUrl'), externalName);
  });

  it('says when the database of DATABASE_URL cannot be used', async () => {
    const DATABASE_URL = withDatabase(inject('maintenanceUrl'), 'no_such_database');
    const { code, printed } = await inFolder((DATA_DIR) =>
      runToEnd({ DATABASE_URL, DATA_DIR, PORT: '0', PAGES: 'off' }),
    );
    expect(code).toBe(1);
    expect(printed).toBe('The database of DATABASE_URL cannot be used (database "no_such_database" does not exist).\n');
  });

  it.runIf(process.getuid?.() === 0)('runs as an ordinary user, in a path of 150 characters with a space', async () => {
    const runAs = { uid: 65534, gid: 65534 };
    const base = mkdtempSync(join(tmpdir(), 'trunkline-user-'));
    const DATA_DIR = join(base, 'a folder'.padEnd(150 - base.length, 'x'), 'data');
    mkdirSync(DATA_DIR, { recursive: true });
    for (const folder of [base, join(DATA_DIR, '..'), DATA_DIR]) chownSync(folder, runAs.uid, runAs.gid);
    try {
      await start({ env: { DATA_DIR, HOME: base }, runAs });
      expect(await live()).toBe(200);
      await product!.killAll();
      product = await product!.startAgain();
      expect(await live()).toBe(200);
      await product.stop();
      product = undefined;
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  });
});

const externalName = 'external_of_product_spec';

async function createExternal(): Promise<string> {
  await createDatabase(inject('maintenanceUrl'), externalName);
  return withDatabase(inject('maintenanceUrl'), externalName);
}

async function createAccount(): Promise<void> {
  const answer = await fetch(`${product!.url}/api/whatsapp/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': product!.apiKey },
    body: JSON.stringify({ name: 'first', network: 'sandbox' }),
  });
  expect(answer.status).toBe(201);
}

async function liveWorkers(): Promise<number> {
  const sql = 'select count(*)::int as n from mkt_wap_workers where expires_at > clock_timestamp()';
  return (await withClient(product!.databaseUrl, (client) => client.query(sql))).rows[0].n;
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-refused-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A start that is expected to end by itself. */
async function runToEnd(env: Record<string, string>): Promise<{ code: number; printed: string }> {
  const program = join(cloneRoot, 'apps', 'api', 'dist', 'main.js');
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, printed };
}
