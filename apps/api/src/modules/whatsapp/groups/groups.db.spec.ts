import { beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import type { EngineGroup } from '../engines/engine.js';
import type { GroupJid, LidUser, PhoneDigits } from '../jid.js';
import { makeAccount } from '../testing/account.builder.js';
import { GroupService } from './group.service.js';
import { writeGroupLeft, writeGroupLists } from './group.writer.js';

const ctx = systemCtx('spec');
const now = new Date('2026-01-01T00:00:00Z');
const person = (n: number, role: 'member' | 'admin' = 'member') => ({
  person: { phone: `999000${n}` as PhoneDigits, lid: `77${n}` as LidUser },
  role,
});
const group = (over: Partial<EngineGroup> = {}): EngineGroup => ({
  group: '120363@g.us' as GroupJid,
  subject: 'Spec',
  description: null,
  addressing: 'pn',
  announcement: false,
  locked: false,
  participants: [person(1, 'admin'), person(2)],
  ...over,
});

describe('groups', () => {
  const database = useDatabase();
  let groups: GroupService;
  let accountId: string;
  beforeEach(async () => {
    groups = new GroupService(database);
    await database.empty('mkt_wap_accounts', 'mkt_wap_groups', 'mkt_wap_people', 'mkt_wap_events');
    accountId = (await makeAccount(database, { phoneNumber: '+9990001', lid: '771' })).id;
  });
  const found = (list: EngineGroup[], complete = true, of = accountId) =>
    transact(database.pool, (sql) =>
      writeGroupLists(
        sql,
        [
          {
            accountId: of,
            network: 'sandbox',
            groups: list,
            ...(complete ? { all: list.map((each) => each.group) } : {}),
          },
        ],
        now,
      ),
    );
  const events = async () =>
    (await database.pool.query('select event from mkt_wap_events order by row')).rows.map(({ event }) => event);
  const list = async () => (await groups.list(ctx, { limit: 10 })).items;

  it('are told when they are found and when something changed, and not when all is as it was', async () => {
    await found([group()]);
    expect(await list()).toMatchObject([
      { subject: 'Spec', participantCount: 2, accounts: [{ accountId, role: 'admin' }] },
    ]);
    expect(await events()).toEqual(['group.updated']);
    await found([group()]);
    expect(await events()).toEqual(['group.updated']);
    for (const change of [
      { subject: 'New' },
      { announcement: true },
      { participants: [person(1, 'admin'), person(2), person(3)] },
      { participants: [person(1), person(2), person(3)] },
      { participants: [person(1)] },
    ]) {
      const before = (await events()).length;
      await found([group(change)], false);
      expect((await events()).length).toBe(before + 1);
    }
    expect(await list()).toMatchObject([{ participantCount: 1, accounts: [{ role: 'member' }] }]);
  });

  it('cost a handful of statements, however many they are', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        group({ group: `12036${i}@g.us` as GroupJid, participants: [person(1, 'admin'), person(1000 + i)] }),
      );
    const statements = (groups: EngineGroup[]) =>
      transact(database.pool, async (sql) => {
        let count = 0;
        const counting = { query: (...args: unknown[]) => (count++, Reflect.apply(sql.query, sql, args)) };
        const all = groups.map((each) => each.group);
        await writeGroupLists(counting as typeof sql, [{ accountId, network: 'sandbox', groups, all }], now);
        return count;
      });
    const one = await statements(many(1));
    expect(await statements(many(200))).toBe(one);
    expect((await groups.list(ctx, { limit: 200 })).items.every((each) => each.accounts[0]!.role === 'admin')).toBe(
      true,
    );
  });

  it('are left by each account that says so, with one statement for many, and the later of two lists counts', async () => {
    const other = (await makeAccount(database, { phoneNumber: '+9990002' })).id;
    const entry = (of: string, groups: EngineGroup[]) => ({
      accountId: of,
      network: 'sandbox' as const,
      groups,
      all: groups.map((each) => each.group),
    });
    const write = (...entries: ReturnType<typeof entry>[]) =>
      transact(database.pool, (sql) => writeGroupLists(sql, entries, now));
    await write(entry(accountId, [group()]), entry(other, [group()]));
    await write(entry(accountId, []), entry(other, [group()]));
    expect((await list())[0]!.accounts).toMatchObject([{ accountId: other }]);
    await write(entry(accountId, [group()]), entry(other, []), entry(accountId, []));
    expect(await list()).toEqual([]);
  });

  it('are one, however many accounts are in them, and left one by one', async () => {
    const other = (await makeAccount(database, { phoneNumber: '+9990002' })).id;
    await found([group()]);
    await found([group()], true, other);
    const [one] = await list();
    expect(one!.accounts.map((each) => each.accountId).sort()).toEqual([accountId, other].sort());
    await found([], true);
    expect((await list())[0]!.accounts).toEqual([{ accountId: other, role: 'member' }]);
    const limited = { ...ctx, accounts: [accountId] };
    expect((await groups.list(limited, { limit: 10 })).items).toEqual([]);
    await expect(groups.participants(limited, one!.id, { limit: 10 })).rejects.toMatchObject({ code: 'not_found' });
    await transact(database.pool, (sql) =>
      writeGroupLeft(sql, { accountId: other, network: 'sandbox', group: group().group }, now),
    );
    expect(await list()).toEqual([]);
    expect((await events()).filter((event) => event === 'group.left')).toHaveLength(2);
  });

  it('list their members by rank, page by page', async () => {
    await found([
      group({ participants: Array.from({ length: 7 }, (_, i) => person(i, i === 5 ? 'admin' : 'member')) }),
    ]);
    const [one] = await list();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<GroupService['participants']>> = await groups.participants(ctx, one!.id, {
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ phoneNumber }) => phoneNumber!));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen[0]).toBe('+9990005');
    expect(new Set(seen).size).toBe(7);
  });
});
