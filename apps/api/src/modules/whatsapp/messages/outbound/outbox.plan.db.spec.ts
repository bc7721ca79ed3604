import { MESSAGE_LANES } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { transact } from '../../../../database/transaction.js';
import { makeAccount } from '../../testing/account.builder.js';
import { writeReceipts } from '../receipts/receipt.writer.js';
import { writeSteps } from '../receipts/status.writer.js';
import { DUE } from './outbox.repository.js';

const database = useDatabase();
let accountId: string;
let chatId: string;

beforeAll(async () => {
  accountId = (await makeAccount(database, { linked: true })).id;
  chatId = uuid();
  await database.pool.query(
    `insert into mkt_wap_chats (id, account_id, network, last_activity_at, created_at) values ($1, $2, 'sandbox', now(), now())`,
    [chatId, accountId],
  );
});

const fill = (rows: number, place: 'due' | 'scheduled') =>
  database.pool.query(
    `insert into mkt_wap_messages (id, account_id, chat_id, direction, wa_id, kind, content, status, outbox, lane,
       not_before, timestamp, created_at, updated_at)
     select gen_random_uuid(), $1, $2, 'out', gen_random_uuid()::text, 'text', '{"kind":"text","text":"x"}', 'queued', $3,
       'direct', case when $3 = 'scheduled' then now() + interval '1 day' end, now(), now(), now()
     from generate_series(1, $4)`,
    [accountId, chatId, place, rows],
  );

/** Pages that one reading of 200 rows touches. */
async function pagesRead(): Promise<number> {
  await database.pool.query('analyze mkt_wap_messages');
  const values = [MESSAGE_LANES.map(() => accountId), MESSAGE_LANES, MESSAGE_LANES.map(() => 200), [], [], new Date()];
  const { rows } = await database.pool.query(`explain (analyze, buffers, format json) ${DUE}`, values);
  const plan = rows[0]['QUERY PLAN'][0];
  expect(plan.Plan['Actual Rows']).toBe(200);
  return plan.Plan['Shared Hit Blocks'] + plan.Plan['Shared Read Blocks'];
}

it('reads as much of the outbox with 100,000 messages in it as with 1,000, and nothing of what is scheduled', async () => {
  await fill(50_000, 'scheduled');
  await fill(1_000, 'due');
  const few = await pagesRead();
  await fill(99_000, 'due');
  expect(await pagesRead()).toBeLessThan(2 * few);
}, 60_000);

it('writes nothing into an index when a message leaves, and when its receipts come', async () => {
  const { rows } = await database.pool.query(
    `select wa_id as "waId" from mkt_wap_messages where outbox = 'due' limit 1`,
  );
  const step = { accountId, waId: rows[0].waId, status: 'sending', at: new Date(), failure: null } as const;
  const at = { chat: { phone: null, lid: null }, by: null, at: null };
  const receipt = { type: 'receipt' as const, status: 'read' as const, waIds: [step.waId], ...at };
  const entry = { accountId, network: 'sandbox' as const, receipt };
  await transact(database.pool, async (sql) => {
    const updates = async () =>
      (
        await sql.query(
          `select pg_stat_get_xact_tuples_updated(c) - pg_stat_get_xact_tuples_hot_updated(c) as indexed
           from (select 'mkt_wap_messages'::regclass as c) t`,
        )
      ).rows[0].indexed;
    await writeSteps(sql, [step], step.at);
    expect(await updates()).toBe(0);
    await writeSteps(sql, [{ ...step, status: 'sent' }], step.at);
    expect(await updates()).toBe(1);
    await writeReceipts(sql, [entry], step.at);
    expect(await updates()).toBe(1);
  });
});
