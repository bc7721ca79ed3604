import { v7 as uuid } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../../database/transaction.js';
import { useDatabase } from '../../testing/database.js';
import { claim, makeAccount, makeWorker, ownAccounts } from '../whatsapp/testing/account.builder.js';
import { insertCommand } from './commands/command.repository.js';
import { claimLeases, lockLeases, lockUnowned, releaseLease } from './lease.repository.js';
import { expireWorker } from './worker-leases.js';
import { registerWorker, renewWorker, unregisterWorker } from './worker.repository.js';

describe('leases', () => {
  const database = useDatabase();
  beforeEach(() => database.empty('mkt_wap_accounts', 'mkt_wap_workers'));

  it('are claimed by one worker only, and each claim has a new epoch', async () => {
    const [one, two, three] = [await makeWorker(database), await makeWorker(database), await makeWorker(database)];
    for (let i = 0; i < 20; i += 1) await makeAccount(database, { wanted: 'online' });
    const workers = [one, two, three];
    const claimed = (await Promise.all(workers.map((worker) => claim(database, worker)))).flat();
    for (const worker of workers) claimed.push(...(await claim(database, worker)));
    expect(new Set(claimed.map(({ accountId }) => accountId)).size).toBe(20);
    expect(claimed).toHaveLength(20);
    await expireWorker(database.pool, one.id);
    const taken = await claim(database, two);
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.every(({ epoch }) => epoch === 2)).toBe(true);
  });

  it('are shared among the workers that live', async () => {
    const workers = [await makeWorker(database), await makeWorker(database)];
    for (let i = 0; i < 10; i += 1) await makeAccount(database, { wanted: 'online' });
    expect(await claim(database, workers[0]!)).toHaveLength(5);
    expect(await claim(database, workers[1]!)).toHaveLength(5);
  });

  it('are claimed no faster than logins can be made, but for those that are asked for something', async () => {
    const worker = await makeWorker(database);
    const asked = await makeAccount(database);
    for (let i = 0; i < 10; i += 1) await makeAccount(database, { wanted: 'online' });
    const now = new Date();
    const command = { id: uuid(), accountId: asked.id, verb: 'reset' as const, input: {} };
    await insertCommand(database.pool, command, now, new Date(now.getTime() + 5_000));
    const claimed = await claimLeases(database.pool, worker.id, 'sandbox', { now, limit: 50, logins: 3 });
    expect(claimed).toHaveLength(4);
    expect(claimed.map(({ accountId }) => accountId)).toContain(asked.id);
  });

  it('are not claimed for accounts that want nothing, and are for a command or a passed deadline', async () => {
    const worker = await makeWorker(database);
    await makeAccount(database);
    await makeAccount(database, { wanted: 'online', network: 'whatsapp' });
    await makeAccount(database, { wanted: 'online', deletedAt: new Date() });
    const asked = await makeAccount(database);
    const now = new Date();
    const command = { id: uuid(), accountId: asked.id, verb: 'reset' as const, input: {} };
    await insertCommand(database.pool, command, now, new Date(now.getTime() + 5_000));
    const late = await makeAccount(database, { status: 'warming', deadline: new Date(now.getTime() - 1) });
    const claimed = await claim(database, worker);
    expect(claimed.map(({ accountId }) => accountId).sort()).toEqual([asked.id, late.id].sort());
  });

  it('are shared fairly by those that start together, and left by nobody for long', async () => {
    const accounts = await Promise.all(Array.from({ length: 5 }, () => makeAccount(database, { wanted: 'online' })));
    const take = async (worker: { id: string }, workers?: number, running: string[] = []) => {
      const bounds = { now: new Date(), limit: 50, workers, running };
      return (await claimLeases(database.pool, worker.id, 'sandbox', bounds)).map(({ accountId }) => accountId);
    };
    // The other has not said that it lives.
    const one = await makeWorker(database);
    const ofOne = await take(one, 2);
    expect(ofOne).toHaveLength(3);
    expect(await take(one, 2, ofOne)).toEqual([]);
    const two = await makeWorker(database);
    const ofTwo = await take(two, 2);
    expect(ofTwo).toHaveLength(2);
    expect([...ofOne, ...ofTwo].toSorted()).toEqual(accounts.map(({ id }) => id).toSorted());
    // Where it never comes, its share is taken once the time to start is over.
    await expireWorker(database.pool, two.id);
    expect((await take(one, 2, ofOne)).length).toBe(0);
    expect((await take(one, 1, ofOne)).toSorted()).toEqual(ofTwo.toSorted());
  });

  it('are claimed again by their owner when it does not run them', async () => {
    const worker = await makeWorker(database);
    const [lease] = await ownAccounts(database, worker, 1);
    const again = (running: string[]) =>
      claimLeases(database.pool, worker.id, 'sandbox', { now: new Date(), limit: 10, running });
    expect(await again([lease!.accountId])).toEqual([]);
    expect(await again([])).toEqual([{ accountId: lease!.accountId, epoch: lease!.epoch + 1 }]);
  });

  it('hold for who owns them under this epoch and lives, and for nobody else', async () => {
    const worker = await makeWorker(database);
    const [first, second] = await ownAccounts(database, worker, 2);
    const stale = { ...second!, epoch: second!.epoch - 1 };
    const held = (workerId: string, leases: (typeof stale)[]) =>
      transact(database.pool, async (sql) => [...(await lockLeases(sql, workerId, leases)).accounts]);
    expect(await held(worker.id, [first!, stale])).toEqual([first!.accountId]);
    expect(await held(uuid(), [first!])).toEqual([]);
    await expireWorker(database.pool, worker.id);
    expect(await held(worker.id, [first!])).toEqual([]);
  });

  it('wait for a write under way: a claim passes over an account that is being written', async () => {
    const [one, two] = [await makeWorker(database), await makeWorker(database)];
    const [lease] = await ownAccounts(database, one, 1);
    await transact(database.pool, async (sql) => {
      await lockLeases(sql, one.id, [lease!]);
      await expireWorker(database.pool, one.id);
      expect(await claim(database, two)).toEqual([]);
    });
    expect(await claim(database, two)).toEqual([{ accountId: lease!.accountId, epoch: lease!.epoch + 1 }]);
  });

  it('are renewed by the heartbeat, but never once it has lapsed; beginning again owns nothing', async () => {
    const worker = await makeWorker(database);
    await ownAccounts(database, worker, 3);
    expect(await renewWorker(database.pool, worker.id)).toBe(true);
    await expireWorker(database.pool, worker.id);
    expect(await renewWorker(database.pool, worker.id)).toBe(false);
    await registerWorker(database, worker);
    const { rows } = await database.pool.query('select count(*) as n from mkt_wap_leases where owner = $1', [
      worker.id,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('are free at once after a clean exit, or one by one', async () => {
    const [one, two] = [await makeWorker(database), await makeWorker(database)];
    const [lease] = await ownAccounts(database, one, 1);
    const unowned = () => transact(database.pool, (sql) => lockUnowned(sql, lease!.accountId));
    expect(await unowned()).toBe(false);
    await releaseLease(database.pool, one.id, lease!);
    expect(await unowned()).toBe(true);
    await claim(database, one);
    await unregisterWorker(database, one.id);
    expect(await claim(database, two)).toHaveLength(1);
  });
});
