import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../whatsapp/testing/eventually.js';
import { ManualClock } from '../../clock/manual-clock.js';
import type { Sql, Store } from '../../database/database.js';
import { useDatabase } from '../../testing/database.js';
import { Heartbeat } from './heartbeat.js';
import { expireWorker } from './worker-leases.js';

describe('the heartbeat', () => {
  const database = useDatabase();
  let clock: ManualClock;
  let away: boolean;
  let told: string[];
  let id: string;
  let heartbeat: Heartbeat;

  /** The same database, which can go away. */
  const store = {
    pool: {
      query: (...args: Parameters<Sql['query']>) =>
        away ? Promise.reject(new Error('the database is away')) : database.pool.query(...args),
      connect: () => (away ? Promise.reject(new Error('the database is away')) : database.pool.connect()),
    },
  } as unknown as Store;

  beforeEach(async () => {
    [clock, away, told, id] = [new ManualClock(), false, [], uuid()];
    heartbeat = new Heartbeat(store, { id, network: 'sandbox', host: 'spec', pid: 1 }, clock, {
      begin: () => void told.push('begin'),
      lapse: () => void told.push('lapse'),
    });
    await heartbeat.start();
  });
  afterEach(async () => {
    away = false;
    await heartbeat.stop();
    expect(clock.waiting).toBe(0);
    expect((await database.pool.query('select from mkt_wap_workers where id = $1', [id])).rowCount).toBe(0);
  });
  const settle = () => eventually(() => expect(clock.waiting).toBeGreaterThanOrEqual(2));
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      clock.advance(500);
      await settle();
    }
  };

  it('stays valid as long as it is renewed', async () => {
    await pass(40_000);
    expect(heartbeat.valid()).toBe(true);
    expect(told).toEqual(['begin']);
  });

  it('survives a database that is away for a while', async () => {
    await pass(4_000);
    away = true;
    await pass(10_000);
    away = false;
    await pass(10_000);
    expect(heartbeat.valid()).toBe(true);
    expect(told).toEqual(['begin']);
  });

  it('lapses 3 s before the database would call it expired, and begins again when the database is back', async () => {
    away = true;
    clock.advance(16_999);
    expect(heartbeat.valid()).toBe(true);
    clock.advance(1);
    expect(heartbeat.valid()).toBe(false);
    expect(told).toEqual(['begin', 'lapse']);
    away = false;
    await eventually(() => {
      clock.advance(500);
      expect(told).toEqual(['begin', 'lapse', 'begin']);
    });
    expect(heartbeat.valid()).toBe(true);
  });

  it('lapses at once when the database says that it has expired', async () => {
    await expireWorker(database.pool, id);
    clock.advance(4_000);
    await eventually(() => expect(told).toEqual(['begin', 'lapse', 'begin']));
    expect(heartbeat.valid()).toBe(true);
  });
});
