import { v7 as uuid } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../../clock/clock.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { makeAccount } from '../testing/account.builder.js';
import { MessageService } from './message.service.js';

const MESSAGES = 100_000;
const database = useDatabase();
const ctx = systemCtx('spec');
let messages: MessageService;
let accountId: string;

beforeAll(async () => {
  messages = new MessageService(database, systemClock, new Notifier(database.pool));
  accountId = (await makeAccount(database, { linked: true })).id;
  const chatId = uuid();
  await database.pool.query(
    `insert into mkt_wap_chats (id, account_id, network, last_activity_at, created_at) values ($1, $2, 'sandbox', now(), now())`,
    [chatId, accountId],
  );
  await database.pool.query(
    `insert into mkt_wap_messages (id, account_id, chat_id, direction, wa_id, kind, content, status, timestamp, created_at, updated_at)
     select gen_random_uuid(), $1, $2, 'out', gen_random_uuid()::text, 'text',
       jsonb_build_object('kind', 'text', 'text', 'Good morning, order number ' || n || case when n % 50000 = 7 then ' marmalade' else '' end),
       'read', now(), now(), now()
     from generate_series(1, $3::int) n`,
    [accountId, chatId, MESSAGES],
  );
  await database.pool.query('vacuum analyze mkt_wap_messages');
}, 120_000);

it.each([
  ['a rare word', 'marmalade', 2],
  ['a word of every message', 'morning', 20],
  ['the beginning of a word of every message', 'ord', 20],
  ['words of every message and a rare one', 'good morning marm', 2],
  ['a word of none', 'quince', 0],
])(`finds %s among ${MESSAGES} messages`, async (what, text, found) => {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const begun = performance.now();
    const { items } = await messages.search(ctx, { text, accountId, limit: 20 });
    times.push(performance.now() - begun);
    expect(items).toHaveLength(found);
  }
  process.stdout.write(`SEARCH ${what}: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms\n`);
});

it('puts the words of new messages into its index in small parts, so that no commit does it for thousands', async () => {
  await database.pool.query('create extension if not exists pgstattuple');
  const { rows: chats } = await database.pool.query('select id from mkt_wap_chats');
  await database.pool.query(
    `insert into mkt_wap_messages (id, account_id, chat_id, direction, wa_id, kind, content, status, timestamp, created_at, updated_at)
     select gen_random_uuid(), $1, $2, 'out', gen_random_uuid()::text, 'text',
       jsonb_build_object('kind', 'text', 'text', gen_random_uuid()), 'read', now(), now(), now()
     from generate_series(1, 6000)`,
    [accountId, chats[0].id],
  );
  const { rows } = await database.pool.query(
    `select pending_pages * 8 as kb from pgstatginindex('mkt_wap_messages_words')`,
  );
  expect(rows[0].kb).toBeLessThanOrEqual(512);
});
