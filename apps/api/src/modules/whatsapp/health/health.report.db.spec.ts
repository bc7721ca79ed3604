import { beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import { OWNER_KEY, useApi } from '../../../testing/api.server.js';
import { useDatabase } from '../../../testing/database.js';
import { GATEWAY_PATH, type HealthReport, type RestoreProgress } from '@trunkline/contracts';
import { io } from 'socket.io-client';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { makeAccount, makeWorker } from '../testing/account.builder.js';
import { insertRun } from './run.repository.js';

const database = useDatabase();
const api = useApi(database);
const read = async () => (await api.call('GET', '/api/whatsapp/health')).body as HealthReport;

const active = { wanted: 'online', status: 'active', linked: true } as const;

/** As an owner that lives has written it. */
async function own(id: string): Promise<void> {
  const worker = await makeWorker(database);
  await database.pool.query(
    `with taken as (update mkt_wap_leases set owner = $1, epoch = 1 where account_id = $2)
     update mkt_wap_accounts set epoch = 1, connection = 'connected' where id = $2`,
    [worker.id, id],
  );
}

describe('the health report', () => {
  let waiting: string;
  beforeEach(async () => {
    await database.empty('mkt_wap_accounts', 'mkt_wap_workers', 'mkt_wap_events', 'mkt_wap_health_runs');
    await own((await makeAccount(database, active)).id);
    await makeAccount(database, { ...active, connection: 'reconnecting', reason: 'connection_lost', attempt: 2 });
    waiting = (await makeAccount(database, { ...active, connection: 'connected' })).id;
    const stuck = await makeAccount(database, { reason: 'replaced', userAction: 'take_over' });
    await makeAccount(database, { reason: 'disconnected_by_user', userAction: 'reconnect' });
    const now = new Date();
    const error = { message: 'x', reason: 'replaced', action: 'take_over' } as const;
    const hoursAgo = new Date(now.getTime() - 5 * 3_600_000);
    await transact(database.pool, (sql) =>
      appendEvents(sql, [
        newEvent('account.error', stuck.id, error, now),
        newEvent('account.error', stuck.id, error, hoursAgo),
      ]),
    );
  });

  it('tells at a glance how accounts are, and why; connected is what a live owner says', async () => {
    expect(await read()).toMatchObject({
      accounts: { total: 5, wantedOnline: 3, connected: 1, reconnecting: 2, needPerson: 1 },
      restore: { done: 2, total: 3 },
      errors: { lastHour: 1, lastDay: 2 },
      reasons: [
        { reason: 'connection_lost', accounts: 1 },
        { reason: 'disconnected_by_user', accounts: 1 },
        { reason: 'replaced', accounts: 1 },
      ],
      lastRun: null,
    });
  });

  it('holds what the last run found', async () => {
    const at = new Date();
    const finding = { kind: 'queue_still' as const, accountId: waiting, message: 'm', mend: 'n' };
    await insertRun(database.pool, { startedAt: at, finishedAt: at, accounts: 5, findings: [finding] });
    expect((await read()).lastRun).toEqual({
      startedAt: at.toISOString(),
      finishedAt: at.toISOString(),
      accounts: 5,
      findings: [finding],
    });
  });

  it('is told live to pages while accounts come back', async () => {
    const socket = io(api.url, { path: GATEWAY_PATH, transports: ['websocket'], auth: { apiKey: OWNER_KEY } });
    const told: RestoreProgress[] = [];
    socket.on('progress', (progress: RestoreProgress) => told.push(progress));
    try {
      await expect.poll(() => told.at(-1), { timeout: 10_000 }).toEqual({ done: 2, total: 3 });
      await own(waiting);
      await expect.poll(() => told.at(-1), { timeout: 10_000 }).toEqual({ done: 3, total: 3 });
    } finally {
      socket.disconnect();
    }
    expect((await api.call('GET', '/api/whatsapp/health/restore')).body).toEqual({ done: 3, total: 3 });
  });
});
