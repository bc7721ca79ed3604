import type { EphemeralEnvelope } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../clock/clock.js';
import type { Sql } from '../../../database/database.js';
import { useDatabase } from '../../../testing/database.js';
import { Listener } from '../../cluster/listener.repository.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { makeAccount } from '../testing/account.builder.js';
import type { PhoneDigits } from '../jid.js';
import { hearPassing, passOn } from './ephemeral.js';

const database = useDatabase();
const ada = { phone: '628111' as PhoneDigits, lid: null };
let listener: Listener;
let account: { id: string; network: 'sandbox' };

beforeAll(async () => {
  listener = new Listener(database.url, systemClock);
  await listener.start();
  account = { id: (await makeAccount(database, { linked: true })).id, network: 'sandbox' };
  const [personId, now] = [uuid(), new Date()];
  await database.pool.query(
    `insert into mkt_wap_people (id, phone, network, created_at, updated_at) values ($1, $2, 'sandbox', $3, $3)`,
    [personId, ada.phone, now],
  );
  await database.pool.query(
    `insert into mkt_wap_chats (id, account_id, person_id, network, created_at) values ($1, $2, $3, 'sandbox', $4)`,
    [uuid(), account.id, personId, now],
  );
});
afterAll(() => listener.stop());

it('tells in the order in which it heard, whichever is looked up first', async () => {
  const first = Promise.withResolvers<void>();
  let looks = 0;
  const query = async (text: string, values: unknown[]) => {
    looks += 1;
    if (looks === 1) await first.promise;
    return database.pool.query(text, values);
  };
  const told: EphemeralEnvelope[] = [];
  const stop = hearPassing({ query } as unknown as Sql, listener, (envelope) => {
    told.push(envelope);
    first.resolve();
  });
  const pass = passOn(new Notifier(database.pool));
  for (const doing of ['typing', 'recording', 'paused'] as const)
    pass(account, { type: 'typing', chat: ada, by: ada, doing });
  await expect.poll(() => looks).toBe(5);
  first.resolve();
  await expect.poll(() => told.length).toBe(3);
  stop();
  expect(told.map(({ payload }) => 'doing' in payload && payload.doing)).toEqual(['typing', 'recording', 'paused']);
});
