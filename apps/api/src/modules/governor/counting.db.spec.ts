/** What was sent is counted once, and a restart grants nothing anew. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transact } from '../../database/transaction.js';
import { resolvePeople } from '../whatsapp/contacts/people.repository.js';
import type { LidUser, PhoneDigits } from '../whatsapp/jid.js';
import { type StatusStep, writeSteps } from '../whatsapp/messages/receipts/status.writer.js';
import { AccountGovernor } from './account.governor.js';
import { forgetSends } from './send.repository.js';
import type { SendRequest } from './send.governor.js';
import { ctx, person, useGovernor } from './testing/use.governor.js';

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

describe('what an account has sent', () => {
  const its = useGovernor();
  const { database, ask, owner } = its;

  /** Of several messages: their commits each in order, one or two messages in each. */
  async function commits(histories: readonly string[][], order: readonly number[]): Promise<StatusStep[][]> {
    const queues = await Promise.all(
      histories.map(async (attempts) => {
        const { waId } = (await its.messages.send(ctx, { accountId: its.accountId, to: person(), text: 'hi' })).message;
        const step = (status: StatusStep['status']) => ({
          accountId: its.accountId,
          waId,
          status,
          at: its.clock.now(),
          failure: null,
        });
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

  it('grants nothing anew after a restart, of sends and of first contacts', async () => {
    const first = await owner();
    expect((await ask(first)).said).toBe('go');
    expect((await ask(first)).said).toBe('first_contact_pace');
    const second = await owner();
    expect((await ask(second)).said).toBe('first_contact_pace');
    its.clock.advance(15 * 60_000);
    expect((await ask(second)).said).toBe('go');
    its.clock.advance(15 * 60_000);
    expect((await ask(await owner())).said).toBe('go');
    its.clock.advance(15 * 60_000);
    const fourth = await ask(await owner());
    expect(fourth.said).toBe('first_contact_daily_limit');
    expect(fourth.verdict).toMatchObject({ until: new Date('2026-05-02T12:10:00Z') });
  });

  it('keeps what limits count from until the installation was up long enough since, whatever the clock says', async () => {
    const sent = async () => (await its.service.budget(ctx, its.accountId)).sends.used;
    const live = (hours: number) =>
      database.pool.query(
        `insert into mkt_wap_lived_hours select $1::timestamptz + make_interval(hours => h) from generate_series(1, $2) h
         on conflict do nothing`,
        [its.clock.now(), hours],
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
    its.clock.advance(15 * 60_000);
    const arrived = await ask(account, to);
    account.governor.heard(arrived.waId);
    await account.durable();
    expect(arrived.said).toBe('go');
    const { budget } = { budget: await its.service.budget(ctx, its.accountId) };
    expect(budget.firstContacts).toMatchObject({ used: 2, left: 1 });
    its.clock.advance(20_000);
    expect((await ask(account, to)).said).toBe('go');
    expect((await its.service.budget(ctx, its.accountId)).firstContacts.used).toBe(2);
  });

  it('knows the chat also when its LID became a number while the first message was on its way', async () => {
    const account = await owner();
    const lid = `${Date.now()}` as LidUser;
    const to = person();
    await its.messages.send(ctx, { accountId: its.accountId, to, text: 'to the number' });
    const first = await ask(account, `${lid}@lid`);
    const both = { phone: to.slice(1) as PhoneDigits, lid };
    await transact(database.pool, (sql) => resolvePeople(sql, 'sandbox', [both], its.clock.now()));
    account.governor.heard(first.waId);
    await account.durable();
    const { rows } = await database.pool.query(
      `select c.id <> $2 as moved, c.known_since is not null as known from mkt_wap_messages m join mkt_wap_chats c on c.id = m.chat_id
       where m.id = $1`,
      [first.id, first.chatId],
    );
    expect(rows).toEqual([{ moved: true, known: true }]);
  });

  it('counts each message once that left, however often it was handed over and whatever became of that', async () => {
    const message = fc.array(fc.constantFrom(...Object.keys(ATTEMPTS)), { minLength: 1, maxLength: 4 });
    const history = fc.record({
      histories: fc.array(message, { minLength: 1, maxLength: 4 }),
      order: fc.array(fc.nat()),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ histories, order }) => {
        await its.anotherAccount();
        const left = histories.filter((attempts) => attempts.some((attempt) => !attempt.startsWith('unsent')));
        for (const commit of await commits(histories, order))
          await transact(database.pool, (sql) => writeSteps(sql, commit, its.clock.now()));
        expect((await its.service.budget(ctx, its.accountId)).sends.used).toBe(left.length);
      }),
      { numRuns: 40 },
    );
  });

  it('asks the database nothing while it decides, and nothing again before each batch', async () => {
    let asked = 0;
    const sql = { query: (...args: unknown[]) => ((asked += 1), database.pool.query(...(args as [string]))) } as never;
    const governor = new AccountGovernor({
      accountId: its.accountId,
      holds: [],
      sql,
      clock: its.clock,
      write: () => undefined,
      random: () => 0,
    });
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
