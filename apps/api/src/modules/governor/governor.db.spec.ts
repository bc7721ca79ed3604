import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../clock/manual-clock.js';
import { transact } from '../../database/transaction.js';
import { useDatabase } from '../../testing/database.js';
import { systemCtx } from '../auth/ctx.js';
import { Notifier } from '../cluster/notifier.repository.js';
import { accountWriters } from '../whatsapp/accounts/supervisor/account.writers.js';
import { MessageService } from '../whatsapp/messages/message.service.js';
import { type StatusStep, writeSteps } from '../whatsapp/messages/receipts/status.writer.js';
import { Vault } from '../whatsapp/sessions/vault.js';
import { makeAccount } from '../whatsapp/testing/account.builder.js';
import { AccountGovernor } from './account.governor.js';
import { readHolds } from './hold.repository.js';
import { GovernorService } from './governor.service.js';
import { forgetSends } from './send.repository.js';
import type { SendRequest } from './send.governor.js';

const database = useDatabase();
const ctx = systemCtx('spec');
const writers = accountWriters(new Vault(randomBytes(32)));
const HOUR = 3_600_000;

let clock: ManualClock;
let accountId: string;
let service: GovernorService;
let messages: MessageService;

beforeEach(async () => {
  await database.empty('mkt_wap_accounts', 'mkt_wap_people', 'mkt_wap_events', 'mkt_wap_lived_hours');
  clock = new ManualClock('2026-05-01T12:00:00Z');
  accountId = (await makeAccount(database, { linked: true, linkedAt: clock.now() })).id;
  const notifier = new Notifier(database.pool);
  service = new GovernorService(database, clock, notifier);
  messages = new MessageService(database, clock, notifier);
  await service.change(ctx, accountId, { profile: 'new', settings: { quietHours: null } });
});

/** An owner that has sent nothing yet: what it writes is committed at once. */
async function beginning() {
  let written: Promise<unknown> = Promise.resolve();
  const write = (type: string, data: unknown) => {
    const entry = { type, accountId, network: 'sandbox' as const, data };
    written = written.then(() => transact(database.pool, (sql) => writers.get(type)!(sql, [entry], clock.now())));
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

const request = (id: string): SendRequest => ({
  messageId: id,
  waId: `w${id}`,
  chatId: id,
  lane: 'direct',
  firstContact: false,
  optedOut: false,
  again: false,
  phone: null,
});

/** What becomes of one that is handed over, as the steps of the commits that follow one another. */
const ATTEMPTS: Record<string, StatusStep['status'][][]> = {
  unsentAtOnce: [['sending', 'unsent']],
  unsentLater: [['sending'], ['unsent']],
  unanswered: [['sending']],
  silent: [['sending'], ['unknown']],
  sealedAnew: [['sending'], ['unsent', 'sending']],
};

/** Of several messages: their commits each in order, one or two messages in each. */
async function commits(histories: readonly string[][], order: readonly number[]): Promise<StatusStep[][]> {
  const queues = await Promise.all(
    histories.map(async (attempts) => {
      const { waId } = (await messages.send(ctx, { accountId, to: person(), text: 'hi' })).message;
      const step = (status: StatusStep['status']) => ({ accountId, waId, status, at: clock.now(), failure: null });
      return attempts.flatMap((attempt) => ATTEMPTS[attempt]!).map((commit) => commit.map(step));
    }),
  );
  const made: StatusStep[][] = [];
  for (let turn = 0; queues.some((queue) => queue.length > 0); turn += 1) {
    const first = queues.filter((queue) => queue.length > 0);
    const start = (order[turn] ?? turn) % first.length;
    made.push(first.slice(start, start + 2).flatMap((queue) => queue.shift()!));
  }
  return made;
}

let people = 0;
const person = () => `+99900001${String((people += 1)).padStart(5, '0')}`;
const events = async (name: string) =>
  (await database.pool.query('select payload from mkt_wap_events where event = $1 order by row', [name])).rows.map(
    ({ payload }) => payload,
  );

describe('the governor of an account', () => {
  it('grants nothing anew after a restart, of sends and of first contacts', async () => {
    const first = await owner();
    expect((await ask(first)).said).toBe('go');
    expect((await ask(first)).said).toBe('first_contact_pace');
    const second = await owner();
    expect((await ask(second)).said).toBe('first_contact_pace');
    clock.advance(15 * 60_000);
    expect((await ask(second)).said).toBe('go');
    clock.advance(15 * 60_000);
    expect((await ask(await owner())).said).toBe('go');
    clock.advance(15 * 60_000);
    const fourth = await ask(await owner());
    expect(fourth.said).toBe('first_contact_daily_limit');
    expect(fourth.verdict).toMatchObject({ until: new Date('2026-05-02T12:10:00Z') });
  });

  it('keeps what limits count from until the installation was up long enough since, whatever the clock says', async () => {
    const sent = async () => (await service.budget(ctx, accountId)).sends.used;
    const live = (hours: number) =>
      database.pool.query(
        `insert into mkt_wap_lived_hours select $1::timestamptz + make_interval(hours => h) from generate_series(1, $2) h
         on conflict do nothing`,
        [clock.now(), hours],
      );
    await ask(await owner());
    await live(71);
    await forgetSends(database.pool);
    expect(await sent()).toBe(1);
    await live(72);
    await forgetSends(database.pool);
    expect(await sent()).toBe(0);
  });

  it('knows a chat once its first message arrived at WhatsApp, and not when it certainly failed', async () => {
    const account = await owner();
    const to = person();
    const refused = await ask(account, to);
    account.governor.heard(refused.waId, { code: 'not_on_whatsapp' });
    await account.durable();
    clock.advance(15 * 60_000);
    const arrived = await ask(account, to);
    account.governor.heard(arrived.waId);
    await account.durable();
    expect(arrived.said).toBe('go');
    const { budget } = { budget: await service.budget(ctx, accountId) };
    expect(budget.firstContacts).toMatchObject({ used: 2, left: 1 });
    clock.advance(20_000);
    expect((await ask(account, to)).said).toBe('go');
    expect((await service.budget(ctx, accountId)).firstContacts.used).toBe(2);
  });

  it('obeys what WhatsApp says, tells it, remembers it over a restart, and lifts it when it is over', async () => {
    const account = await owner();
    const sent = await ask(account);
    account.governor.heard(sent.waId, { code: 'reach_out_time_lock', retryAfterSeconds: 7_200 });
    account.governor.heard(sent.waId, { code: 'reach_out_time_lock', retryAfterSeconds: 7_200 });
    await account.durable();
    expect(await events('governor.hold')).toMatchObject([
      { hold: { code: 'reach_out_time_lock', scope: 'first_contacts', until: '2026-05-01T14:00:00.000Z' } },
    ]);
    clock.advance(HOUR);
    const next = await owner();
    expect((await ask(next)).verdict).toMatchObject({ reason: 'whatsapp', until: new Date('2026-05-01T14:00:00Z') });
    expect((await service.budget(ctx, accountId)).holds).toMatchObject([{ code: 'reach_out_time_lock' }]);
    clock.advance(HOUR);
    expect(next.governor.tick()).toBe(true);
    await next.durable();
    expect(await events('governor.lifted')).toEqual([{ code: 'reach_out_time_lock' }]);
    expect((await ask(next)).said).toBe('go');
    expect((await service.budget(ctx, accountId)).holds).toEqual([]);
  });

  it('hears from WhatsApp that a limit is over before its time', async () => {
    const account = await owner();
    account.governor.limited('new_chat_limit', clock.now().getTime() + HOUR);
    account.governor.limited('new_chat_limit', 0);
    await account.durable();
    expect((await ask(account)).said).toBe('go');
  });

  it('is not fooled by a wall clock that jumps while it runs', async () => {
    const account = await owner();
    await ask(account);
    const wall = clock.now.bind(clock);
    clock.now = () => new Date(wall().getTime() + 40 * 24 * HOUR);
    expect((await ask(account)).said).toBe('first_contact_pace');
    clock.now = () => new Date(wall().getTime() - 40 * 24 * HOUR);
    expect((await ask(account)).said).toBe('first_contact_pace');
  });

  it('is not fooled by one that jumped before a restart, in either direction', async () => {
    const wall = clock.now.bind(clock);
    for (const days of [2, -2]) {
      const account = await owner();
      for (let i = 0; i < 3; i += 1) {
        await ask(account);
        clock.advance(15 * 60_000);
      }
      const before = clock.now.bind(clock);
      clock.now = () => new Date(before().getTime() + days * 24 * HOUR);
      account.governor.tick();
      await account.durable();
      expect((await ask(await owner())).said).toBe('first_contact_daily_limit');
      expect((await service.budget(ctx, accountId)).firstContacts.used).toBe(3);
      clock.now = wall;
      accountId = (await makeAccount(database, { linked: true, linkedAt: clock.now() })).id;
      await service.change(ctx, accountId, { profile: 'new', settings: { quietHours: null } });
    }
  });

  it('is not fooled by one that jumps before its first message, also where the rows do not say so yet', async () => {
    for (let i = 0; i < 3; i += 1) {
      await ask(await owner());
      clock.advance(15 * 60_000);
    }
    const late = await beginning();
    const wall = clock.now.bind(clock);
    clock.now = () => new Date(wall().getTime() + 2 * 24 * HOUR);
    await late.governor.prepare();
    expect((await ask(late)).said).toBe('first_contact_daily_limit');
  });

  it('lifts a hold whose time is over before it was ever asked about a message', async () => {
    const account = await owner();
    account.governor.limited('new_chat_limit', clock.now().getTime() + HOUR);
    await account.durable();
    const next = await beginning();
    clock.advance(HOUR);
    expect(next.governor.tick()).toBe(true);
    await next.durable();
    expect(await events('governor.lifted')).toEqual([{ code: 'new_chat_limit' }]);
  });

  it('counts each message once that left, however often it was handed over and whatever became of that', async () => {
    const message = fc.array(fc.constantFrom(...Object.keys(ATTEMPTS)), { minLength: 1, maxLength: 4 });
    const history = fc.record({
      histories: fc.array(message, { minLength: 1, maxLength: 4 }),
      order: fc.array(fc.nat()),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ histories, order }) => {
        accountId = (await makeAccount(database, { linked: true })).id;
        const left = histories.filter((attempts) => attempts.some((attempt) => !attempt.startsWith('unsent')));
        for (const commit of await commits(histories, order))
          await transact(database.pool, (sql) => writeSteps(sql, commit, clock.now()));
        expect((await service.budget(ctx, accountId)).sends.used).toBe(left.length);
      }),
      { numRuns: 40 },
    );
  });

  it('asks the database nothing while it decides, and nothing again before each batch', async () => {
    let asked = 0;
    const sql = { query: (...args: unknown[]) => ((asked += 1), database.pool.query(...(args as [string]))) } as never;
    const governor = new AccountGovernor({ accountId, holds: [], sql, clock, write: () => undefined, random: () => 0 });
    await governor.prepare();
    const known = asked;
    for (let i = 0; i < 1_000; i += 1) {
      await governor.prepare();
      governor.room();
      governor.decide([request(`${i}`)]);
      governor.heard(`w${i}`);
    }
    expect(asked).toBe(known);
  });
});

describe('the limits of an account', () => {
  it('are set within bounds, in force at once, and told', async () => {
    const account = await owner();
    const change = { profile: 'settled', settings: { firstContactBurst: 5, quietHours: null } } as const;
    const view = await service.change(ctx, accountId, change);
    expect(view).toMatchObject({ ...change, inForce: 'settled', ageDays: 0 });
    expect(view.choices.find(({ profile }) => profile === 'new')).toMatchObject({ bounds: { perDay: 400 } });
    expect(await events('governor.changed')).toHaveLength(2);
    expect((await ask(account)).said).toBe('go');
    account.governor.changed();
    await account.governor.prepare();
    expect((await ask(account)).said).toBe('go');
    expect(await service.read(ctx, accountId)).toEqual(view);
  });

  it('let go at once what waited by slower ones, and grant nothing anew', async () => {
    const slow = { firstContactBurst: 1, firstContactsPerHour: 1, quietHours: null };
    await service.change(ctx, accountId, { profile: 'settled', settings: slow });
    const account = await owner();
    expect((await ask(account)).said).toBe('go');
    expect((await ask(account)).said).toBe('first_contact_pace');
    await service.change(ctx, accountId, { profile: 'settled', settings: { ...slow, firstContactBurst: 3 } });
    account.governor.changed();
    await account.governor.prepare();
    expect([(await ask(account)).said, (await ask(account)).said]).toEqual(['go', 'go']);
    expect((await ask(account)).said).toBe('first_contact_pace');
    await service.change(ctx, accountId, { profile: 'settled', settings: { ...slow, firstContactsPerHour: 60 } });
    account.governor.changed();
    await account.governor.prepare();
    expect((await ask(account)).said).toBe('first_contact_pace');
    clock.advance(61_000);
    expect((await ask(account)).said).toBe('go');
  });

  it.each([
    [{ perDay: 401 }, 'settings.perDay'],
    [{ timeZone: 'Mars/Olympus' }, 'settings.timeZone'],
    [{ quietHours: { from: '08:00', to: '08:00' } }, 'settings.quietHours'],
    [{ numberSince: '2030-01-01' }, 'settings.numberSince'],
  ])('%j is refused, and the field named', async (settings, field) => {
    await expect(service.change(ctx, accountId, { profile: 'new', settings })).rejects.toMatchObject({
      details: [expect.objectContaining({ field })],
    });
  });

  it('are never those of the sandbox for an account of WhatsApp; and nobody sees those of others', async () => {
    const real = (await makeAccount(database, { network: 'whatsapp' })).id;
    await expect(service.change(ctx, real, { profile: 'sandbox', settings: {} })).rejects.toMatchObject({
      details: [expect.objectContaining({ field: 'profile' })],
    });
    const other = { ...ctx, accounts: [randomUUID()] };
    await expect(service.budget(other, real)).rejects.toMatchObject({ code: 'not_found' });
    await expect(service.change(other, real, { profile: 'auto', settings: {} })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('are shown with what is used, what waits, why and until when', async () => {
    const account = await owner();
    await ask(account);
    await ask(account);
    // One that is for later waits for its time alone.
    const notBefore = new Date(clock.now().getTime() + HOUR).toISOString();
    await messages.send(ctx, { accountId, to: person(), text: 'later', notBefore });
    const budget = await service.budget(ctx, accountId);
    expect(budget).toMatchObject({
      profile: 'new',
      sends: { used: 1, limit: 20, left: 19, keptForReplies: 4, atOnce: 3, perMinute: 6 },
      firstContacts: { used: 1, limit: 3, left: 2, ready: 0, nextAt: '2026-05-01T12:15:00.000Z' },
      quietHours: null,
    });
    expect(budget.lanes.find(({ lane }) => lane === 'first_contact')).toEqual({
      lane: 'first_contact',
      waiting: 1,
      held: { reason: 'first_contact_pace', until: '2026-05-01T12:15:00.000Z' },
    });
  });
});
