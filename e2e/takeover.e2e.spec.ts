/** Several workers on one network: one dies, one is paused, the database restarts, all of them begin at once. */
import type { RestoreProgress } from '@trunkline/contracts';
import { SandboxControl } from '@trunkline/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../apps/api/src/processes/postgres/database.js';
import { type Product, startProduct } from '../apps/api/src/testing/product.js';
import { Api } from './support/api.js';
import { Events } from './support/events.js';
import { connected, linkedAccount } from './support/link.js';
import { until } from './support/until.js';

const ACCOUNTS = 6;

describe('two workers', () => {
  let product: Product;
  let api: Api;
  let sandbox: SandboxControl;
  const accounts: { id: string; number: string }[] = [];

  const rows = <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    withClient(product.databaseUrl, async (client) => (await client.query(text, values)).rows);
  const connect = () => {
    api = new Api(product.url, product.apiKey);
    sandbox = new SandboxControl({ url: `${product.url}/api/sandbox`, token: product.apiKey });
  };
  const ownerOf = async (id: string): Promise<number> => {
    const [owner] = await rows<{ pid: number }>(
      `select w.pid from mkt_wap_leases l join mkt_wap_workers w on w.id = l.owner where l.account_id = $1`,
      [id],
    );
    return owner!.pid;
  };
  const begun = async (pid: number): Promise<number | undefined> => {
    const [worker] = await rows<{ at: Date }>('select started_at as at from mkt_wap_workers where pid = $1', [pid]);
    return worker?.at.getTime();
  };
  const owners = async () => {
    const found = await Promise.all(accounts.map(({ id }) => ownerOf(id)));
    return new Set(found);
  };
  const allConnected = () => Promise.all(accounts.map(({ id }) => connected(api, id)));
  const logins = async () => (await sandbox.counts()).logins ?? 0;

  beforeAll(async () => {
    product = await startProduct({ env: { WORKERS: '2', PAGES: 'off' } });
    connect();
    for (let i = 0; i < ACCOUNTS; i += 1) {
      const { account, phone } = await linkedAccount(api, sandbox, `No. ${i}`);
      accounts.push({ id: account.id, number: phone.number });
    }
  });
  afterAll(() => product?.stop());

  it('that begin at once share the accounts, and log in each once', async () => {
    await product.killAll();
    product = await product.startAgain();
    connect();
    await allConnected();
    expect(await sandbox.counts()).toMatchObject({ logins: ACCOUNTS });
    expect((await sandbox.counts()).replaced ?? 0).toBe(0);
    expect((await owners()).size).toBe(2);
  });

  it('take over within 15 s from one that was killed', async () => {
    const { id } = accounts[0]!;
    const dead = await ownerOf(id);
    const [before] = await rows<{ epoch: number }>('select epoch from mkt_wap_leases where account_id = $1', [id]);
    const from = performance.now();
    process.kill(dead, 'SIGKILL');
    await until('another owner', async () => (await ownerOf(id).catch(() => dead)) !== dead, 15);
    await connected(api, id, 15);
    expect(performance.now() - from).toBeLessThan(15_000);
    const [after] = await rows<{ epoch: number }>('select epoch from mkt_wap_leases where account_id = $1', [id]);
    expect(Number(after!.epoch)).toBeGreaterThan(Number(before!.epoch));
    await allConnected();
  });

  it('take over from one that is paused for longer than its lease; woken, it sends nothing that a person sees twice', async () => {
    const { id } = accounts[0]!;
    const ada = await sandbox.createPerson({ name: 'Ada', rule: { kind: 'mute' } });
    const send = (text: string) => api.send({ accountId: id, to: `+${ada.number}`, text });
    await send('before');
    await sandbox.waitForSeen(ada.number, ({ text }) => text === 'before');
    const paused = await ownerOf(id);
    const before = await begun(paused);
    // Some of these it has in hand when it stops, on either side of the gate.
    await Promise.all([1, 2, 3, 4, 5].map((n) => send(`while it stops ${n}`)));
    process.kill(paused, 'SIGSTOP');
    try {
      await send('while it is away');
      await until('another owner', async () => (await ownerOf(id)) !== paused, 40);
      await connected(api, id);
      await sandbox.waitForSeen(ada.number, ({ text }) => text === 'while it is away');
    } finally {
      process.kill(paused, 'SIGCONT');
    }
    const owner = await ownerOf(id);
    await until('the woken one to find out and begin again', async () => (await begun(paused)) !== before);
    await send('after');
    await sandbox.waitForSeen(ada.number, ({ text }) => text === 'after');
    expect(await ownerOf(id)).toBe(owner);
    const { items } = await sandbox.seen(ada.number, {});
    expect(items.map(({ text, times }) => `${text} ${times}`).toSorted()).toEqual(
      ['after 1', 'before 1', ...[1, 2, 3, 4, 5].map((n) => `while it stops ${n} 1`), 'while it is away 1'].toSorted(),
    );
    expect((await sandbox.getPerson(ada.number)).counts).toMatchObject({ reused: 0, unreadable: 0 });
    await allConnected();
  }, 120_000);

  it('log in nobody anew when the database restarts', async () => {
    const before = await logins();
    const ada = await sandbox.createPerson({ name: 'Ada', rule: { kind: 'mute' } });
    const database = product.running.watched.find(({ name }) => name === 'database')!;
    process.kill(database.pid, 'SIGKILL');
    await until('another database', async () => {
      const now = product.running.watched.find(({ name }) => name === 'database');
      return now !== undefined && now.pid !== database.pid && (await rows('select 1 as one')).length === 1;
    });
    await until('a message to be accepted', () =>
      api.send({ accountId: accounts[0]!.id, to: `+${ada.number}`, text: 'it is back' }, 'one key'),
    );
    await sandbox.waitForSeen(ada.number, ({ text }) => text === 'it is back');
    await allConnected();
    expect(await logins()).toBe(before);
  });

  it('tell how far accounts have come back, and answer meanwhile; one bad account stops none', async () => {
    const told: RestoreProgress[] = [];
    const events = await Events.open(product.url, product.apiKey);
    events.socket.on('progress', (progress: RestoreProgress) => told.push(progress));
    const [bad, ...good] = accounts as [(typeof accounts)[0], ...typeof accounts];
    // Slow enough that some come back while others are on their way; the bad one is turned away each time.
    await sandbox.setLink({ latencyMs: 400, jitterMs: 0 });
    await sandbox.setFault({ account: bad.number, phase: 'connecting', effect: { kind: 'failure', reason: 503 } });
    for (const pid of await owners()) process.kill(pid, 'SIGKILL');
    await until('a beginning', async () => told.some(({ done, total }) => done < total && total === ACCOUNTS));
    expect((await api.account(bad.id)).state.status).toBe('active');
    await Promise.all(good.map(({ id }) => connected(api, id)));
    await until('the end', async () => told.at(-1)?.done === ACCOUNTS);
    expect((await api.account(bad.id)).state).toMatchObject({ connection: 'reconnecting', reason: 'unavailable' });
    await sandbox.clearFaults();
    await connected(api, bad.id);
    events.close();
  });
});
