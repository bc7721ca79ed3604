/** Proxies under a real worker and database, with an engine that is scripted: who goes by which, and who waits. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../testing/worker.world.js';
import { PoolService } from './pool.service.js';
import { ProxyService } from './proxy.service.js';
import { ProxyTester } from './proxy.tester.js';
import { startProxy, type TestProxy } from './testing/test.proxy.js';
import { lockWaits } from '../../../testing/lock.waits.js';

const credentials = { username: 'the shop', password: 'a very secret one' };
const where = { kind: 'http', host: '127.0.0.1', port: 9 } as const;

describe('proxies', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  let proxies: ProxyService;
  let pools: PoolService;
  beforeEach(async () => {
    ({ world, running } = await freshWorld(database));
    const { vault, commands, notifier, clock, accounts } = world;
    const tester = new ProxyTester(vault, clock, { whatsapp: undefined, sandbox: 'ws://sandbox.invalid:5/ws/chat' });
    proxies = new ProxyService({ store: database, vault, commands, notifier, clock, accounts, tester });
    pools = new PoolService(database, notifier, clock);
  });
  afterEach(() => world.stop());
  const opened = (id: string) => running.engine.of(id);
  const lines = (id: string) => opened(id).map(({ start }) => start.line !== undefined);
  const assign = (id: string, wish: Parameters<ProxyService['assign']>[2]) =>
    world.turning(proxies.assign(ctx, id, wish));

  it('are gone by at once, one connection at a time, and until another is settled', async () => {
    const id = await world.link(running);
    const proxy = await proxies.create(ctx, { ...where, name: 'one', credentials });
    expect(await assign(id, { proxyId: proxy.id })).toEqual({ proxyId: proxy.id, poolId: null });
    await world.state(id, { status: 'active', connection: 'connected' });
    expect(lines(id).at(-1)).toBe(true);
    expect(opened(id).filter(({ state }) => state === 'live')).toHaveLength(1);
    (await world.session(running, id)).close('connection_lost');
    await world.pass(10);
    await world.state(id, { connection: 'connected' });
    expect(lines(id).at(-1)).toBe(true);
    await assign(id, { proxyId: null });
    await world.state(id, { connection: 'connected' });
    expect(lines(id).at(-1)).toBe(false);
  });

  describe('that are changed by two at once', () => {
    /** What one does, while the other has done its part and not ended. */
    async function meanwhile<T>(first: string, values: unknown[], work: () => Promise<T>): Promise<T> {
      const client = await database.pool.connect();
      await client.query('begin');
      await client.query(first, values);
      const done = work();
      done.catch(() => undefined);
      await world.until(async () => expect(await lockWaits(database.pool)).toBeGreaterThan(0));
      await client.query('commit');
      client.release();
      return done;
    }

    it('stay when an account is given one while it is removed', async () => {
      const id = await world.create();
      const { id: proxy } = await proxies.create(ctx, { ...where, name: 'one' });
      const give = `insert into mkt_wap_account_proxies (account_id, proxy_id, assigned_at) values ($1, $2, now())`;
      await expect(meanwhile(give, [id, proxy], () => proxies.remove(proxy))).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('An account goes by this proxy'),
      });
    });

    it('are not there again when one is changed while it is removed', async () => {
      const { id } = await proxies.create(ctx, { ...where, name: 'one' });
      const remove = 'delete from mkt_wap_proxies where id = $1';
      const change = () => proxies.patch(ctx, id, { name: 'two' });
      await expect(meanwhile(remove, [id], change)).rejects.toMatchObject({ code: 'not_found' });
      expect(await proxies.list(ctx)).toEqual([]);
    });

    it('have what both have changed', async () => {
      const { id } = await proxies.create(ctx, { ...where, name: 'one' });
      const move = 'update mkt_wap_proxies set port = 10 where id = $1';
      expect(await meanwhile(move, [id], () => proxies.patch(ctx, id, { name: 'two' }))).toMatchObject({
        name: 'two',
        port: 10,
      });
    });
  });

  it('are gone by when one is given while the account is offline', async () => {
    const id = await world.create();
    const proxy = await proxies.create(ctx, { ...where, name: 'one' });
    await assign(id, { proxyId: proxy.id });
    expect(opened(id)).toEqual([]);
    await world.turning(world.accounts.initialize(ctx, id));
    await world.session(running, id);
    expect(lines(id)).toEqual([true]);
  });

  it('are gone by from the first connection on when the account is made with one', async () => {
    const pool = await pools.create({ name: 'Jakarta' });
    const proxy = await proxies.create(ctx, { ...where, name: 'one', poolId: pool.id });
    const make = (wish: { proxyId?: string; poolId?: string }) =>
      world.accounts.create(ctx, { name: 'Shop', network: 'sandbox', proxy: wish });
    for (const wish of [{ proxyId: proxy.id }, { poolId: pool.id }]) {
      const { id } = await make(wish);
      expect(await proxies.ofAccount(ctx, id)).toEqual({ proxyId: proxy.id, poolId: wish.poolId ?? null });
      await world.turning(world.accounts.initialize(ctx, id));
      await world.session(running, id);
      expect(lines(id)).toEqual([true]);
    }
    const nobody = '0198c0de-0000-7000-8000-000000000000';
    await expect(make({ proxyId: nobody })).rejects.toMatchObject({ code: 'not_found' });
    await expect(make({ poolId: nobody })).rejects.toMatchObject({ code: 'conflict' });
    expect((await world.accounts.list(ctx, { limit: 10 })).items).toHaveLength(2);
  });

  it('whose password cannot be opened keep the account waiting, and no engine is opened', async () => {
    const id = await world.link(running);
    const proxy = await proxies.create(ctx, { ...where, name: 'one', credentials });
    await database.pool.query('update mkt_wap_proxies set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)');
    const before = opened(id).length;
    await assign(id, { proxyId: proxy.id });
    await world.state(id, { status: 'active', connection: 'reconnecting', reason: 'proxy' });
    await world.pass(20);
    expect(opened(id)).toHaveLength(before);
    await world.turning(proxies.patch(ctx, proxy.id, { credentials }));
    await world.state(id, { connection: 'connected', reason: 'none' });
    expect(lines(id).at(-1)).toBe(true);
  });

  it('of a pool go to the accounts evenly, and an account keeps its own', async () => {
    const pool = await pools.create({ name: 'Jakarta' });
    const made = await Promise.all(['a', 'b'].map((name) => proxies.create(ctx, { ...where, name, poolId: pool.id })));
    const ids = await Promise.all([1, 2, 3, 4].map((n) => world.create(`account ${n}`)));
    const given: string[] = [];
    for (const id of ids) given.push((await assign(id, { poolId: pool.id })).proxyId!);
    expect(given.toSorted()).toEqual([made[0]!.id, made[0]!.id, made[1]!.id, made[1]!.id].toSorted());
    expect((await assign(ids[0]!, { poolId: pool.id })).proxyId).toBe(given[0]);
    await pools.remove(pool.id);
    expect(await proxies.ofAccount(ctx, ids[0]!)).toEqual({ proxyId: given[0], poolId: null });
    expect((await proxies.list(ctx)).map(({ accounts, poolId }) => [accounts, poolId])).toEqual([
      [2, null],
      [2, null],
    ]);
  });

  it('that are used are not deleted, and nobody is left without one unasked', async () => {
    const id = await world.create();
    const proxy = await proxies.create(ctx, { ...where, name: 'one' });
    await assign(id, { proxyId: proxy.id });
    await expect(proxies.remove(proxy.id)).rejects.toMatchObject({ code: 'conflict' });
    expect((await proxies.ofAccount(ctx, id)).proxyId).toBe(proxy.id);
    await world.turning(world.accounts.remove(ctx, id));
    await proxies.remove(proxy.id);
    expect(await proxies.list(ctx)).toEqual([]);
  });

  it('never tell user name and password: not in an answer, an event or a row', async () => {
    const made = await proxies.create(ctx, { ...where, name: 'one', credentials });
    const changed = await proxies.patch(ctx, made.id, { name: 'two' });
    const tested = await proxies.test(ctx, made.id, 'sandbox');
    const listed = await proxies.list(ctx);
    const tables = ['mkt_wap_events', 'mkt_wap_proxies', 'mkt_wap_commands'];
    const rows = await Promise.all(tables.map((table) => database.pool.query(`select t::text as row from ${table} t`)));
    const told = JSON.stringify([made, changed, tested, listed, rows.map((each) => each.rows)]);
    expect(changed).toMatchObject({ name: 'two', hasCredentials: true });
    for (const secret of Object.values(credentials)) {
      expect(told).not.toContain(secret);
      expect(told).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect((await proxies.patch(ctx, made.id, { credentials: null })).hasCredentials).toBe(false);
  });

  it('are events, and have names of their own', async () => {
    const pool = await pools.create({ name: 'Jakarta' });
    const proxy = await proxies.create(ctx, { ...where, name: 'one', poolId: pool.id });
    await expect(proxies.create(ctx, { ...where, name: 'one' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(pools.create({ name: 'Jakarta' })).rejects.toMatchObject({ code: 'conflict' });
    const id = await world.create();
    await assign(id, { poolId: pool.id });
    await assign(id, {});
    await proxies.remove(proxy.id);
    await pools.remove(pool.id);
    const { rows } = await database.pool.query(
      `select event from mkt_wap_events where event like '%proxy%' order by row`,
    );
    expect(rows.map(({ event }) => event)).toEqual([
      'proxy_pool.updated',
      'proxy.updated',
      'account.proxy',
      'account.proxy',
      'proxy.deleted',
      'proxy_pool.deleted',
    ]);
  });

  describe('are tested', () => {
    let server: TestProxy;
    beforeEach(async () => {
      server = await startProxy('socks5', { credentials, names: { 'sandbox.invalid': '127.0.0.1' } });
    });
    afterEach(() => server.close());

    it('by what they reach', async () => {
      const reached = await startProxy('http');
      const { port } = reached;
      const tester = new ProxyTester(world.vault, world.clock, {
        whatsapp: undefined,
        sandbox: `ws://sandbox.invalid:${port}`,
      });
      const { vault, commands, notifier, clock, accounts } = world;
      const service = new ProxyService({ store: database, vault, commands, notifier, clock, accounts, tester });
      const proxy = await service.create(ctx, { ...server.address, name: 'one' });
      const result = await service.test(ctx, proxy.id, 'sandbox');
      expect(result).toMatchObject({ ok: true, network: 'sandbox', detail: `It reached sandbox.invalid:${port}.` });
      expect((await service.list(ctx))[0]!.lastTest).toEqual(result);
      await reached.close();
    });

    it.each([
      ['a wrong password', { credentials: { ...credentials, password: 'another' } }, 'refused user name and password'],
      ['a port at which nothing listens', { port: 9 }, 'cannot be reached (ECONNREFUSED)'],
      ['another kind', { kind: 'http' as const }, 'cannot be reached'],
    ])('with %s say what is wrong', async (_, wrong, words) => {
      const proxy = await proxies.create(ctx, { ...server.address, ...wrong, name: 'one' });
      const result = await proxies.test(ctx, proxy.id, 'sandbox');
      expect(result).toMatchObject({ ok: false, latencyMs: null });
      expect(result.detail).toContain(words);
    });

    it('say when the other side is what cannot be reached', async () => {
      const proxy = await proxies.create(ctx, { ...server.address, name: 'one' });
      const result = await proxies.test(ctx, proxy.id, 'sandbox');
      expect(result).toMatchObject({ ok: false, detail: expect.stringContaining('could not reach the other side') });
    });
  });
});
