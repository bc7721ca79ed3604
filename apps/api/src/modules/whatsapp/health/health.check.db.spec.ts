import type { HealthFindingKind } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { takeTurn } from '../../cluster/schedule.repository.js';
import type { AccountRow } from '../accounts/account.view.js';
import { claim, makeAccount, makeWorker } from '../testing/account.builder.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../testing/worker.world.js';
import { HEALTH_EVERY_MS, HealthCheck } from './health.check.js';
import { lastRun } from './run.repository.js';

const database = useDatabase();
const NOW = new Date('2026-05-01T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const later = (seconds: number) => ago(-seconds);
beforeEach(() =>
  database.empty('mkt_wap_accounts', 'mkt_wap_workers', 'mkt_wap_events', 'mkt_wap_schedules', 'mkt_wap_health_runs'),
);

const open = () => new HealthCheck(database, new Notifier(database.pool));
/** One whole run; answers what it found, by account. */
async function run(check = open(), now = NOW): Promise<[string, HealthFindingKind][]> {
  await check.step(now);
  await check.step(new Date(now.getTime() + 5_000));
  const found = (await lastRun(database.pool))?.findings ?? [];
  return found.map(({ accountId, kind }) => [accountId, kind]);
}
const commands = async () =>
  (await database.pool.query('select account_id, verb from mkt_wap_commands order by account_id')).rows;

const connected: Partial<AccountRow> = {
  wanted: 'online',
  status: 'active',
  connection: 'connected',
  linked: true,
  phoneNumber: '+9990000001',
  verifiedAt: ago(3600),
  lastConnectedAt: ago(3600),
  lastSeenConnectedAt: ago(30),
};

/** Owned by a live worker that has written its state. */
async function owned(values: Partial<AccountRow>): Promise<string> {
  const phoneNumber = `+999${Math.floor(Math.random() * 1e9)}`;
  const { id } = await makeAccount(database, { ...connected, phoneNumber, ...values });
  const { rows } = await database.pool.query('select id from mkt_wap_workers limit 1');
  const worker = rows[0] ?? (await makeWorker(database));
  await database.pool.query(
    `with taken as (update mkt_wap_leases set owner = $1, epoch = 1 where account_id = $2)
     update mkt_wap_accounts set epoch = 1 where id = $2`,
    [worker.id, id],
  );
  return id;
}

describe('the health check', () => {
  it('finds nothing where all is well, and says that it looked', async () => {
    await owned({});
    await makeAccount(database, { status: 'inactive' });
    await owned({ status: 'warming', connection: 'connecting', phoneNumber: null, deadline: later(60) });
    expect(await run()).toEqual([]);
    expect(await lastRun(database.pool)).toMatchObject({ accounts: 3, startedAt: NOW, finishedAt: later(5) });
    expect(await commands()).toEqual([]);
  });

  it.each<[HealthFindingKind, Partial<AccountRow>, string]>([
    ['number_missing', { phoneNumber: null }, 'find-number'],
    [
      'number_given_up',
      {
        wanted: 'offline',
        status: 'inactive',
        connection: 'offline',
        reason: 'phone_number_missing',
        phoneNumber: null,
      },
      'find-number',
    ],
    ['engine_missing', { lastSeenConnectedAt: ago(200) }, 'check'],
    ['engine_missing', { lastSeenConnectedAt: ago(-30 * 86_400) }, 'check'],
    ['engine_missing', { lastSeenConnectedAt: null, lastConnectedAt: ago(200) }, 'check'],
    ['deadline_passed', { status: 'authenticating', connection: 'connecting', deadline: ago(40) }, 'check'],
    ['deadline_passed', { connection: 'reconnecting', nextAttemptAt: ago(40) }, 'check'],
  ])('finds %s, asks the owner to mend it, and tells it as an event of the account', async (kind, values, verb) => {
    const id = await owned(values);
    expect(await run()).toEqual([[id, kind]]);
    expect(await commands()).toEqual([{ account_id: id, verb }]);
    const { rows } = await database.pool.query(
      `select account_id, payload from mkt_wap_events where event = 'health.finding'`,
    );
    expect(rows).toEqual([
      { account_id: id, payload: { kind, message: expect.any(String), mend: expect.any(String) } },
    ]);
  });

  it('finds accounts that nobody runs, but not while a worker has only begun', async () => {
    const { id } = await makeAccount(database, { ...connected, connection: 'reconnecting' });
    const worker = await makeWorker(database);
    expect(await run()).toEqual([]);
    await database.pool.query(`update mkt_wap_workers set started_at = clock_timestamp() - interval '3 minutes'`);
    expect(await run(open(), later(HEALTH_EVERY_MS / 1000))).toEqual([[id, 'lease_without_owner']]);
    await claim(database, worker);
    expect(await run(open(), later((2 * HEALTH_EVERY_MS) / 1000))).toEqual([]);
    await database.pool.query(`update mkt_wap_workers set expires_at = clock_timestamp() - interval '1 hour'`);
    expect(await run(open(), later((3 * HEALTH_EVERY_MS) / 1000))).toEqual([[id, 'lease_without_owner']]);
  });

  describe('queues', () => {
    const queue = async (accountId: string, values: { createdAt?: Date; notBefore?: Date; reason?: string } = {}) => {
      const chat = uuid();
      await database.pool.query(
        `insert into mkt_wap_chats (id, account_id, network, last_activity_at, created_at) values ($1, $2, 'sandbox', $3, $3)`,
        [chat, accountId, NOW],
      );
      await database.pool.query(
        `insert into mkt_wap_messages (id, account_id, chat_id, direction, wa_id, kind, content, status, timestamp,
           created_at, updated_at, not_before, queued_reason, outbox)
         values ($1, $2, $3, 'out', $4, 'text', '{}', 'queued', $5, $5, $5, $6, $7, $8)`,
        [
          uuid(),
          accountId,
          chat,
          uuid(),
          values.createdAt ?? ago(300),
          values.notBefore ?? null,
          values.reason ?? null,
          values.reason ?? (values.notBefore ? 'scheduled' : 'due'),
        ],
      );
    };

    it('that stand still are found', async () => {
      const id = await owned({});
      await queue(id);
      expect(await run()).toEqual([[id, 'queue_still']]);
      expect(await commands()).toEqual([{ account_id: id, verb: 'check' }]);
    });

    it('that move, are young, wait for their time or are held back are left alone', async () => {
      const [moves, young, timed, held, away] = [
        await owned({}),
        await owned({}),
        await owned({}),
        await owned({}),
        await owned({ connection: 'reconnecting' }),
      ];
      await queue(moves);
      await queue(moves);
      await database.pool.query(
        `update mkt_wap_messages set status = 'sending', sending_at = $2 where id = (
           select id from mkt_wap_messages where account_id = $1 limit 1)`,
        [moves, ago(20)],
      );
      await queue(young, { createdAt: ago(10) });
      await queue(timed, { notBefore: later(600) });
      await queue(held, { reason: 'held' });
      await queue(away);
      expect(await run()).toEqual([]);
    });
  });

  it('leaves alone what was only just being done', async () => {
    const id = await owned({ lastSeenConnectedAt: ago(200) });
    const check = open();
    await check.step(NOW);
    await database.pool.query('update mkt_wap_accounts set last_seen_connected_at = $1 where id = $2', [NOW, id]);
    expect(await check.step(later(5))).toBe(0);
    expect((await lastRun(database.pool))?.findings).toEqual([]);
  });

  it('is run by one process at a time each five minutes, whoever is there', async () => {
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => takeTurn(database.pool, 'x', NOW, HEALTH_EVERY_MS)),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await takeTurn(database.pool, 'x', later(299), HEALTH_EVERY_MS)).toBe(false);
    expect(await takeTurn(database.pool, 'x', later(300), HEALTH_EVERY_MS)).toBe(true);
    // A clock that was a month ahead does not stop it for a month.
    expect(await takeTurn(database.pool, 'x', later(30 * 86_400), HEALTH_EVERY_MS)).toBe(true);
    expect(await takeTurn(database.pool, 'x', later(600), HEALTH_EVERY_MS)).toBe(true);
  });
});

describe('what it found is mended', () => {
  let world: WorkerWorld;
  let running: RunningWorker;
  beforeEach(async () => ({ world, running } = await freshWorld(database)));
  afterEach(() => world.stop());
  const look = async () => {
    const check = open();
    await check.step(world.clock.now());
    await check.step(world.clock.now());
  };
  const givenUp = async () => {
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    (await world.session(running, id)).scan(null);
    await world.state(id, { status: 'authenticating', connection: 'connected' });
    await world.pass(62);
    await world.state(id, { status: 'inactive', reason: 'phone_number_missing' });
    return id;
  };

  it('by connecting an account that is offline for want of its number; it is active once the number is found', async () => {
    const id = await givenUp();
    await look();
    await world.state(id, { status: 'authenticating', connection: 'connected', reason: 'phone_number_missing' });
    (await world.session(running, id)).tellNumber('9990031');
    await world.pass(2);
    await world.state(id, { status: 'active', connection: 'connected', reason: 'none', userAction: null });
    expect((await world.accounts.read(ctx, id)).phoneNumber).toBe('+9990031');
  });

  it('or by leaving again when there is none, without telling the same error twice', async () => {
    const id = await givenUp();
    await look();
    await world.state(id, { connection: 'connected' });
    await world.pass(62);
    await world.state(id, { status: 'inactive', reason: 'phone_number_missing', userAction: 'update_phone' });
    await world.until(() => expect(running.engine.live(id)).toBeUndefined());
    expect(await world.errors(id)).toHaveLength(1);
  });

  it('by looking for the number of an account that is active without one', async () => {
    const id = await world.link(running);
    world.workers.splice(0);
    await running.worker.stop();
    // As of a session that never knew it, and a row that lost it.
    const nameless = Buffer.from(JSON.stringify({ phone: null, lid: '77', pushName: 'Shop', device: 1 }));
    const sealed = world.vault.seal({ accountId: id, kind: 'creds', id: 'creds' }, nameless);
    await database.pool.query('update mkt_wap_session_records set sealed = $2 where account_id = $1', [id, sealed]);
    await database.pool.query('update mkt_wap_accounts set phone_number = null, phone_number_source = null');
    running = await world.startWorker();
    await world.state(id, { status: 'active', connection: 'connected' });
    await world.pass(62);
    (await world.session(running, id)).tellNumber('9990032');
    await world.pass(5);
    expect((await world.accounts.read(ctx, id)).phoneNumber).toBeNull();
    await look();
    await world.until(async () => expect((await world.accounts.read(ctx, id)).phoneNumber).toBe('+9990032'));
    await world.state(id, { status: 'active', connection: 'connected' });
  });

  it('by testing a connection that nothing has proved, and making it again', async () => {
    const id = await world.link(running);
    const session = await world.session(running, id);
    await database.pool.query('update mkt_wap_accounts set last_seen_connected_at = $1 where id = $2', [ago(9e6), id]);
    running.engine.answers = false;
    await look();
    await world.state(id, { connection: 'reconnecting', reason: 'deaf' });
    running.engine.answers = true;
    await world.until(() => expect(running.engine.live(id)).not.toBe(session));
    await world.state(id, { connection: 'connected' });
  });

  /** So that the lease is another worker's, and the engine runs on. */
  async function givenAway(): Promise<string> {
    const id = await world.link(running);
    const other = await makeWorker(database);
    await database.pool.query('update mkt_wap_leases set owner = $2, epoch = epoch + 1 where account_id = $1', [
      id,
      other.id,
    ]);
    return id;
  }

  it.each([
    ['a look at the leases', async () => world.pass(31)],
    ['a write of the account', async (id: string) => running.engine.live(id)?.close('connection_lost')],
  ])('by stopping an engine whose lease another worker has, found by %s', async (_, find) => {
    const id = await givenAway();
    await find(id);
    await world.until(() => expect(running.engine.live(id)).toBeUndefined());
    await world.until(async () => expect(await world.events(id)).toContain('health.finding'));
  });

  it('or, where nobody has it, by taking it anew with one engine only', async () => {
    const id = await world.link(running);
    const session = running.engine.live(id)!;
    await database.pool.query('update mkt_wap_leases set owner = null, epoch = epoch + 1 where account_id = $1', [id]);
    await world.until(() => expect(session.state).not.toBe('live'));
    await world.state(id, { status: 'active', connection: 'connected' });
    expect(running.engine.of(id).filter(({ state }) => state === 'live')).toHaveLength(1);
  });
});
