import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../whatsapp/testing/eventually.js';
import { ManualClock } from '../../clock/manual-clock.js';
import { useDatabase } from '../../testing/database.js';
import { claim, makeAccount, makeWorker } from '../whatsapp/testing/account.builder.js';
import { systemCtx } from '../auth/ctx.js';
import { MessageService } from '../whatsapp/messages/message.service.js';
import { HealthCheck } from '../whatsapp/health/health.check.js';
import { Vault } from '../whatsapp/sessions/vault.js';
import { Notifier } from './notifier.repository.js';
import { specLibrary } from '../../testing/media.library.js';
import { livedHoursSince, noteLived } from './lived.repository.js';
import { Upkeep } from './upkeep.js';

const START = new Date('2026-03-01T00:00:00Z');
const DAY = 86_400_000;

describe('upkeep', () => {
  const database = useDatabase();
  let clock: ManualClock;
  const vault = new Vault(randomBytes(32));
  let upkeep: Upkeep;
  const warnings: unknown[] = [];
  beforeEach(async () => {
    await database.empty('mkt_wap_accounts', 'mkt_wap_workers', 'mkt_wap_events', 'mkt_wap_duties');
    clock = new ManualClock(START);
  });
  afterEach(async () => {
    await upkeep.stop();
    expect(clock.waiting).toBe(0);
    expect(warnings).toEqual([]);
  });
  const start = () => {
    const log = { warn: (fields: unknown) => void warnings.push(fields) };
    const notifier = new Notifier(database.pool);
    const health = new HealthCheck(database, notifier);
    upkeep = new Upkeep({ store: database, vault, notifier, library: specLibrary(database), health, clock, log });
  };
  const count = async (table: string) => (await database.pool.query(`select count(*) as n from ${table}`)).rows[0].n;
  const stateOf = async (id: string) =>
    (
      await database.pool.query(
        'select status, wanted, reason, user_action, deadline from mkt_wap_accounts where id = $1',
        [id],
      )
    ).rows[0];

  it('ends a linking whose deadline passed while no worker was there', async () => {
    const deadline = new Date(START.getTime() + 60_000);
    const stuck = {
      status: 'warming',
      wanted: 'online',
      connection: 'connecting',
      deadline,
      deadlineKind: 'linking',
    } as const;
    const account = await makeAccount(database, stuck);
    const owned = await makeAccount(database, stuck);
    await claim(database, await makeWorker(database));
    await database.pool.query('update mkt_wap_leases set owner = null where account_id = $1', [account.id]);
    start();
    clock.advance(60_000);
    expect(await stateOf(account.id)).toMatchObject({ status: 'warming' });
    await eventually(async () => {
      clock.advance(1_000);
      expect(await stateOf(account.id)).toEqual({
        status: 'inactive',
        wanted: 'offline',
        reason: 'linking_timeout',
        user_action: 'retry_initialize',
        deadline: null,
      });
    });
    const { rows } = await database.pool.query('select account_id, event from mkt_wap_events order by row');
    expect(rows).toEqual([
      { account_id: account.id, event: 'account.status' },
      { account_id: account.id, event: 'account.error' },
    ]);
    expect(await stateOf(owned.id)).toMatchObject({ status: 'warming' });
  });

  it('leaves a device that has to be unlinked to an owner, who can', async () => {
    const { id: other } = await makeAccount(database);
    const { id } = await makeAccount(database, {
      status: 'authenticating',
      wanted: 'online',
      connection: 'connecting',
      linked: true,
      deadline: new Date(START.getTime() - 60_000),
      deadlineKind: 'linking',
      conflictPhoneNumber: '+9990000001',
      conflictAccountId: other,
    });
    const plain = await makeAccount(database, {
      status: 'warming',
      wanted: 'online',
      deadline: new Date(START.getTime() - 30_000),
      deadlineKind: 'linking',
    });
    start();
    await eventually(async () => expect(await stateOf(plain.id)).toMatchObject({ status: 'inactive' }));
    expect(await stateOf(id)).toMatchObject({ status: 'authenticating' });
    const { rows } = await database.pool.query('select linked from mkt_wap_accounts where id = $1', [id]);
    expect(rows).toEqual([{ linked: true }]);
  });

  it('says that an account is not connected any more when its owner is gone', async () => {
    const connected = { status: 'active', wanted: 'online', connection: 'connected' } as const;
    const [lost, owned] = [await makeAccount(database, connected), await makeAccount(database, connected)];
    await claim(database, await makeWorker(database));
    await database.pool.query('update mkt_wap_leases set owner = null where account_id = $1', [lost.id]);
    start();
    const { rows } = await eventually(async () => {
      clock.advance(1_000);
      const found = await database.pool.query('select account_id, payload from mkt_wap_events');
      expect(found.rows).toHaveLength(1);
      return found;
    });
    expect(rows[0]).toMatchObject({ account_id: lost.id, payload: { state: { connection: 'reconnecting' } } });
    const { rows: left } = await database.pool.query('select connection from mkt_wap_accounts where id = $1', [
      owned.id,
    ]);
    expect(left).toEqual([{ connection: 'connected' }]);
  });

  it('notes the hours in which it was up, and no hour that the clock jumped over', async () => {
    await database.empty('mkt_wap_lived_hours');
    start();
    await eventually(async () => expect(await count('mkt_wap_lived_hours')).toBe(1));
    clock.advance(30 * DAY);
    await eventually(async () => {
      clock.advance(1_000);
      expect(await livedHoursSince(database.pool, START, clock.now())).toBeGreaterThan(0);
    });
    expect(await livedHoursSince(database.pool, new Date(START.getTime() + DAY), clock.now())).toBeLessThan(3);
  });

  it('sweeps nothing that has not lived as long as a clock says that runs ahead', async () => {
    await database.empty('mkt_wap_lived_hours');
    const { id } = await makeAccount(database);
    const record = `insert into mkt_wap_session_records (account_id, kind, record_id, sealed, updated_at) values ($1, 'plaintext', 'x', '', $2)`;
    await database.pool.query(record, [id, new Date(START.getTime() - 30 * DAY)]);
    const command = `insert into mkt_wap_commands (id, account_id, verb, input, created_at, deadline) values ($1, $2, 'reset', '{}', $3, $3)`;
    await database.pool.query(command, [uuid(), id, new Date(START.getTime() - 2 * DAY)]);
    start();
    await eventually(async () => expect(await count('mkt_wap_commands')).toBe(0));
    await upkeep.stop();
    expect(await count('mkt_wap_session_records')).toBe(1);
  });

  it('does what is due about messages, whoever owns their accounts or nobody', async () => {
    const { id: accountId } = await makeAccount(database, { linked: true });
    const messages = new MessageService(database, clock, new Notifier(database.pool));
    const soon = new Date(START.getTime() + 60_000).toISOString();
    const send = async (more: object) =>
      (await messages.send(systemCtx('spec'), { accountId, to: '+9990000000001', text: 'hi', ...more })).message.id;
    const [later, late, held, silent] = [
      await send({ notBefore: soon }),
      await send({ notAfter: soon }),
      await send({}),
      await send({}),
    ];
    await database.pool.query(`update mkt_wap_messages set outbox = 'held', held_until = $2 where id = $1`, [
      held,
      soon,
    ]);
    await database.pool.query(
      `update mkt_wap_messages set status = 'sending', attempts = 6, sending_at = $2 where id = $1`,
      [silent, START],
    );
    const statusOf = async (id: string) =>
      (await database.pool.query('select status, outbox from mkt_wap_messages where id = $1', [id])).rows[0];
    start();
    await eventually(async () => {
      clock.advance(5_000);
      expect(await Promise.all([later, late, held, silent].map(statusOf))).toEqual([
        { status: 'queued', outbox: 'due' },
        { status: 'expired', outbox: null },
        { status: 'queued', outbox: 'due' },
        { status: 'unknown', outbox: null },
      ]);
    });
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(Date.parse(soon));
  });

  it('sweeps what has served its time, and nothing else', async () => {
    const account = await makeAccount(database);
    const ago = (days: number) => new Date(START.getTime() - days * DAY);
    for (let days = 0; days <= 31; days += 1) await noteLived(database.pool, ago(days));
    const record = `insert into mkt_wap_session_records (account_id, kind, record_id, sealed, updated_at) values ($1, $2, $3, '', $4)`;
    await database.pool.query(record, [account.id, 'plaintext', 'old', ago(15)]);
    await database.pool.query(record, [account.id, 'plaintext', 'new', ago(13)]);
    await database.pool.query(record, [account.id, 'sent', 'old', ago(8)]);
    await database.pool.query(record, [account.id, 'creds', 'creds', ago(400)]);
    const generation = `insert into mkt_wap_session_generations (id, account_id, number, cause, sealed, record_count, created_at, expires_at)
      values ($1, $2, 1, 'reset', '', 1, $3, $4)`;
    await database.pool.query(generation, [uuid(), account.id, ago(31), ago(1)]);
    await database.pool.query(generation, [uuid(), account.id, ago(1), ago(-29)]);
    await database.pool.query(generation, [uuid(), account.id, ago(100), null]);
    const command = `insert into mkt_wap_commands (id, account_id, verb, input, created_at, deadline) values ($1, $2, 'reset', '{}', $3, $3)`;
    await database.pool.query(command, [uuid(), account.id, ago(2)]);
    await database.pool.query(command, [uuid(), account.id, ago(0.5)]);
    const key = `insert into mkt_wap_idempotency_keys (scope, account_id, key, body_hash, message_id, created_at)
      values ('spec', $1, $2, '', $3, $4)`;
    await database.pool.query(key, [account.id, 'old', uuid(), ago(8)]);
    await database.pool.query(key, [account.id, 'new', uuid(), ago(6)]);
    start();
    await eventually(async () => {
      expect(await count('mkt_wap_idempotency_keys')).toBe(1);
      expect(await count('mkt_wap_session_records')).toBe(2);
      expect(await count('mkt_wap_session_generations')).toBe(2);
      expect(await count('mkt_wap_commands')).toBe(1);
    });
    const { rows } = await database.pool.query('select kind, record_id from mkt_wap_session_records order by kind');
    expect(rows).toEqual([
      { kind: 'creds', record_id: 'creds' },
      { kind: 'plaintext', record_id: 'new' },
    ]);
  });
});
