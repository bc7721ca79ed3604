import { randomBytes } from 'node:crypto';
import { beforeEach } from 'vitest';
import { ManualClock } from '../../../clock/manual-clock.js';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { Notifier } from '../../cluster/notifier.repository.js';
import { accountWriters } from '../../whatsapp/accounts/supervisor/account.writers.js';
import { MessageService } from '../../whatsapp/messages/message.service.js';
import { writeSteps } from '../../whatsapp/messages/receipts/status.writer.js';
import { type Entry, type TypeAndData, writeEntries } from '../../whatsapp/sessions/entry.js';
import { Vault } from '../../whatsapp/sessions/vault.js';
import { makeAccount } from '../../whatsapp/testing/account.builder.js';
import { AccountGovernor } from '../account.governor.js';
import { GovernorService } from '../governor.service.js';
import { readHolds } from '../hold.repository.js';
import type { SendRequest } from '../send.governor.js';

export const ctx = systemCtx('spec');
const writers = accountWriters(new Vault(randomBytes(32)));

let people = 0;
/** Another one at each call. */
export const person = () => `+99900001${String((people += 1)).padStart(5, '0')}`;

/**
 * The governor of one account with the profile `new` and no quiet hours, on a real database, without a worker. Anew for each
 * case, and values are there in the cases.
 */
export function useGovernor() {
  const database = useDatabase();
  let clock: ManualClock;
  let accountId: string;
  let service: GovernorService;
  let messages: MessageService;

  beforeEach(async () => {
    await database.empty('mkt_wap_accounts', 'mkt_wap_people', 'mkt_wap_events', 'mkt_wap_lived_hours');
    clock = new ManualClock('2026-05-01T12:00:00Z');
    const notifier = new Notifier(database.pool);
    service = new GovernorService(database, clock, notifier);
    messages = new MessageService(database, clock, notifier);
    await anotherAccount();
  });

  async function anotherAccount(): Promise<void> {
    accountId = (await makeAccount(database, { linked: true, linkedAt: clock.now() })).id;
    await service.change(ctx, accountId, { profile: 'new', settings: { quietHours: null } });
  }

  /** An owner that has sent nothing yet: what it writes is committed at once. */
  async function beginning() {
    let written: Promise<unknown> = Promise.resolve();
    const write = (...[type, data]: TypeAndData) => {
      const entry = { type, accountId, network: 'sandbox', data } as Entry;
      written = written.then(() => transact(database.pool, (sql) => writeEntries(sql, writers, [entry], clock.now())));
    };
    const holds = (await readHolds(database.pool, [accountId])).get(accountId) ?? [];
    const governor = new AccountGovernor({ accountId, holds, sql: database.pool, clock, write, random: () => 0 });
    return { governor, durable: () => written };
  }

  async function owner() {
    const account = await beginning();
    await account.governor.prepare();
    return account;
  }

  /** Queues a message to a new person and asks about it; `go` is durable as the outbox makes it. */
  async function ask({ governor, durable }: Awaited<ReturnType<typeof owner>>, to = person()) {
    const { message } = await messages.send(ctx, { accountId, to, text: 'hi' });
    const { rows } = await database.pool.query(
      `select m.lane, c.known_since is null as cold from mkt_wap_messages m join mkt_wap_chats c on c.id = m.chat_id where m.id = $1`,
      [message.id],
    );
    const [request]: SendRequest[] = [
      {
        messageId: message.id,
        waId: message.waId,
        chatId: message.chatId,
        lane: rows[0].lane,
        firstContact: rows[0].cold,
        optedOut: false,
        again: false,
        phone: null,
      },
    ];
    const [verdict] = governor.decide([request!]);
    if (verdict!.verdict === 'go') {
      const step = { accountId, waId: message.waId, status: 'sending' as const, at: clock.now(), failure: null };
      await transact(database.pool, (sql) => writeSteps(sql, [step], clock.now()));
    }
    await durable();
    return { said: verdict!.verdict === 'held' ? verdict!.reason : verdict!.verdict, verdict, ...message };
  }

  return {
    database,
    get clock() {
      return clock;
    },
    get accountId() {
      return accountId;
    },
    get service() {
      return service;
    },
    get messages() {
      return messages;
    },
    anotherAccount,
    beginning,
    owner,
    ask,
    events: async (name: string) =>
      (await database.pool.query('select payload from mkt_wap_events where event = $1 order by row', [name])).rows.map(
        ({ payload }) => payload,
      ),
  };
}
