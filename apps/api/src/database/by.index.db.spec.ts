import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PhoneDigits } from '../modules/whatsapp/jid.js';
import { useDatabase } from '../testing/database.js';
import { appendEvents, newEvent } from '../modules/whatsapp/events/event.log.repository.js';
import { numberEvents } from '../modules/whatsapp/events/numberer.repository.js';
import { type Receipt, writeReceipts } from '../modules/whatsapp/messages/receipts/receipt.writer.js';
import { writeSteps } from '../modules/whatsapp/messages/receipts/status.writer.js';
import { dueMessages } from '../modules/whatsapp/messages/outbound/outbox.repository.js';
import { BY_INDEX, openDatabase, type Store } from './database.js';

const accountId = '01890000-0000-7000-8000-000000000001';
const at = new Date('2026-05-01T10:00:00Z');
const phone = { phone: '9990001' as PhoneDigits, lid: null };

const database = useDatabase();
let store: Store;
beforeEach(() => {
  store = openDatabase(database.url, 1, undefined, BY_INDEX);
});
afterEach(() => store.pool.end());

/** The plans that a worker keeps from its first minute, when there are no messages at all. */
it('plans of a worker go by index, made while the tables are empty, and are made once', async () => {
  const step = (status: 'sending' | 'sent') => ({ accountId, waId: 'A', status, at, failure: null });
  const receipt = {
    type: 'receipt' as const,
    waIds: ['A'],
    by: phone,
    chat: phone,
    status: 'delivered' as const,
    at: at.getTime(),
  } satisfies Receipt;
  const wanted = {
    accountId,
    lanes: { reply: 1, direct: 1, first_contact: 1, campaign: 1, campaign_first_contact: 1 },
  };
  for (let turn = 0; turn < 7; turn += 1) {
    await writeSteps(store.pool, [step('sending')], at);
    await writeSteps(store.pool, [step('sent')], at);
    await writeReceipts(store.pool, [{ accountId, network: 'sandbox', receipt }], at);
    await dueMessages(store.pool, [{ ...wanted, inHand: [], asideChats: [] }], at);
  }
  const { rows: kept } = await store.pool.query(
    `select name, custom_plans, cardinality(parameter_types) as count from pg_prepared_statements`,
  );
  expect(kept.map(({ name }) => name).sort()).toEqual([
    'due-messages',
    'message-sending',
    'message-sent',
    'receipt-delivered',
  ]);
  for (const { name, custom_plans, count } of kept) {
    expect(custom_plans).toBe(0);
    const { rows } = await store.pool.query(`explain execute "${name}" (${Array(count).fill('null').join(', ')})`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toMatch(/Seq Scan|Hash/);
    // Without a condition a whole index is read, for each message that is looked for.
    expect(plan).toMatch(
      /Index Cond: \(\((m\.)?account_id = (new|w)\.account_id\) AND \((wa_id = new\.wa_id|outbox = 'due'::text)\)/,
    );
    expect(plan).not.toMatch(/Index Scan using mkt_wap_messages_\S+ on mkt_wap_messages \S+ .*\n +Filter/);
  }
});

/** By the statistics no event is without a number; there are many when a numberer has died. */
it('events are numbered each by itself, however few the statistics tell of', async () => {
  await appendEvents(store.pool, [newEvent('account.deleted', accountId, { accountId }, at)]);
  await numberEvents(store, 10);
  await store.pool.query('analyze mkt_wap_events');
  const { rows } = await store.pool.query(`explain execute "number-events" (null, null)`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Nested Loop[^]+Tid Scan on mkt_wap_events e[^]+TID Cond: \(numbers_1\.tid = ctid\)/);
  expect(plan).toMatch(
    /Index Scan using mkt_wap_event_sequences_pkey[^]+Index Cond: \(account_id = batch\.account_id\)/,
  );
  expect(plan).not.toMatch(/Join Filter|Seq Scan|Hash Join/);
});
