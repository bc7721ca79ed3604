import { randomUUID } from 'node:crypto';
import { MESSAGING_DEFAULTS } from '@trunkline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../clock/clock.js';
import { useDatabase } from '../../../../testing/database.js';
import { systemCtx } from '../../../auth/ctx.js';
import { Notifier } from '../../../cluster/notifier.repository.js';
import { MessageService } from '../../messages/message.service.js';
import { removeOldMessages } from '../../messages/retention.repository.js';
import { makeAccount } from '../../testing/account.builder.js';
import { MessagingService } from './messaging.service.js';

const DAY_MS = 24 * 3_600_000;

describe('how an account behaves towards people', () => {
  const database = useDatabase();
  const ctx = systemCtx('spec');
  let accountId: string;
  let service: MessagingService;
  beforeEach(async () => {
    await database.empty('mkt_wap_accounts');
    accountId = (await makeAccount(database, { linked: true })).id;
    service = new MessagingService(database, systemClock, new Notifier(database.pool));
  });

  const events = async () =>
    (
      await database.pool.query(
        `select payload from mkt_wap_events where event = 'account.messaging' and account_id = $1 order by row`,
        [accountId],
      )
    ).rows.map(({ payload }) => payload);

  it('is by default what nobody has to know of, is changed as a whole, and each change is told', async () => {
    expect(await service.read(ctx, accountId)).toEqual(MESSAGING_DEFAULTS);
    const messaging = {
      ...MESSAGING_DEFAULTS,
      readReceipts: true,
      calls: 'reject',
      callReply: 'Please write.',
      keepDays: 30,
    } as const;
    await service.change(ctx, accountId, messaging);
    expect(await service.read(ctx, accountId)).toEqual(messaging);
    await service.change(ctx, accountId, MESSAGING_DEFAULTS);
    expect(await events()).toEqual([
      { messaging, by: 'spec' },
      { messaging: MESSAGING_DEFAULTS, by: 'spec' },
    ]);
  });

  it('is seen and changed only by who may use the account', async () => {
    const foreign = { ...ctx, accounts: [randomUUID()] };
    await expect(service.read(foreign, accountId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.change(foreign, accountId, MESSAGING_DEFAULTS)).rejects.toMatchObject({ code: 'not_found' });
    expect(await events()).toEqual([]);
  });

  it('keeps what messages said for as many days as it says, and for ever where it says none', async () => {
    const messages = new MessageService(database, systemClock, new Notifier(database.pool));
    const written = async (ofAccount: string, text: string, daysAgo: number, status = 'read') => {
      const { message } = await messages.send(ctx, { accountId: ofAccount, to: '+9990000000001', text });
      await database.pool.query(
        `update mkt_wap_messages set timestamp = $2, status = $3, outbox = case $3 when 'queued' then 'due' end where id = $1`,
        [message.id, new Date(Date.now() - daysAgo * DAY_MS), status],
      );
      return message.id;
    };
    const removed = async () => (await removeOldMessages(database.pool, new Date())).removed;
    const other = (await makeAccount(database, { linked: true })).id;
    const [old, young, waiting, kept] = [
      await written(accountId, 'old words', 31),
      await written(accountId, 'young words', 29),
      await written(accountId, 'words that wait', 31, 'queued'),
      await written(other, 'words of another', 4_000),
    ];
    const says = async (id: string) => (await messages.read(ctx, id)).content;
    expect(await removed()).toBe(0);
    await service.change(ctx, accountId, { ...MESSAGING_DEFAULTS, keepDays: 30 });
    expect(await removed()).toBe(1);
    expect(await removed()).toBe(0);
    expect(await says(old)).toEqual({ kind: 'gone', why: 'removed' });
    for (const id of [young, waiting, kept]) expect((await says(id)).kind).toBe('text');
    const { rowCount } = await database.pool.query(
      `select from mkt_wap_events where event = 'message.updated' and payload -> 'message' ->> 'id' = $1`,
      [old],
    );
    expect(rowCount).toBe(1);
  });

  it('goes through what there is once, in parts, each of which goes on where the last one ended', async () => {
    const messages = new MessageService(database, systemClock, new Notifier(database.pool));
    const one = (n: number) => ({ message: { accountId, to: '+9990000000001', text: `m${n}` } });
    await messages.sendBatch(ctx, { messages: Array.from({ length: 620 }, (_, n) => one(n)) });
    await database.pool.query(
      `update mkt_wap_messages set timestamp = $2, status = 'read', outbox = null where account_id = $1`,
      [accountId, new Date(Date.now() - 31 * DAY_MS)],
    );
    await service.change(ctx, accountId, { ...MESSAGING_DEFAULTS, keepDays: 30 });
    const first = await removeOldMessages(database.pool, new Date());
    expect(first).toEqual({ removed: 500, next: expect.any(String) });
    // Whatever stands before it is not looked at again.
    await database.pool.query(
      `update mkt_wap_messages set content = jsonb_build_object('kind', 'text', 'text', 'again') where id = $1`,
      [first.next],
    );
    expect(await removeOldMessages(database.pool, new Date(), first.next)).toEqual({ removed: 120, next: undefined });
  });
});
