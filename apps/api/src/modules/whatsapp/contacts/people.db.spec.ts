import { v7 as uuid } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { chatKey, resolveChats } from '../chats/chat.repository.js';
import { makeAccount } from '../testing/account.builder.js';
import { personKey, resolvePeople } from './people.repository.js';
import type { Sighting } from './people.js';

describe('people in the database', () => {
  const database = useDatabase();
  const now = new Date('2026-01-01T00:00:00Z');
  beforeEach(() => database.empty('mkt_wap_accounts', 'mkt_wap_people', 'mkt_wap_groups'));

  const see = (...seen: Sighting[]) => transact(database.pool, (sql) => resolvePeople(sql, 'sandbox', seen, now));
  const idOf = async (sighting: Sighting) => (await see(sighting)).ids.get(personKey(sighting))!;
  const people = async () =>
    (
      await database.pool.query(
        'select phone, lid, push_name as name from mkt_wap_people where merged_into is null order by phone, lid',
      )
    ).rows;
  const chatWith = async (accountId: string, personId: string) => {
    const partner = { personId, groupId: null };
    const chats = await resolveChats(database.pool, [{ accountId, network: 'sandbox', partner }], now);
    return chats.get(chatKey(accountId, partner))!;
  };
  const message = async (accountId: string, chatId: string, senderId: string, waId: string) => {
    const id = uuid();
    await database.pool.query(
      `insert into mkt_wap_messages (id, account_id, chat_id, direction, sender_id, wa_id, kind, content, status, timestamp, created_at, updated_at)
       values ($1, $2, $3, 'in', $4, $5, 'text', '{"kind":"text","text":"x"}', 'delivered', $6, $6, $6)`,
      [id, accountId, chatId, senderId, waId, now],
    );
    return id;
  };

  it('merges two halves: chats, messages and memberships become one, a message that both had is kept once', async () => {
    const [byNumber, byLid] = [
      await idOf({ phone: '111', lid: null }),
      await idOf({ phone: null, lid: '222', name: 'Ann' }),
    ];
    const [both, lidOnly] = [await makeAccount(database), await makeAccount(database)];
    const [chatA, chatB] = [await chatWith(both.id, byNumber), await chatWith(both.id, byLid)];
    const chatC = await chatWith(lidOnly.id, byLid);
    await message(both.id, chatA, byNumber, 'ONE');
    await message(both.id, chatB, byLid, 'ONE');
    await message(both.id, chatB, byLid, 'TWO');
    const later = new Date(now.getTime() + 1000);
    await database.pool.query('update mkt_wap_chats set unread = 2, last_activity_at = $2 where id = $1', [
      chatB,
      later,
    ]);
    const group = uuid();
    await database.pool.query(
      `insert into mkt_wap_groups (id, network, wa_id, subject, addressing, created_at, updated_at) values ($1, 'sandbox', '1@g.us', 's', 'pn', $2, $2)`,
      [group, now],
    );
    for (const person of [byNumber, byLid]) {
      await database.pool.query(
        `insert into mkt_wap_group_participants (group_id, person_id, role, since) values ($1, $2, 'member', $3)`,
        [group, person, now],
      );
    }

    const { ids, mergedChats } = await see({ phone: '111', lid: '222' });
    expect(ids.get('111/222')).toBe(byNumber);
    expect(mergedChats).toEqual([{ accountId: both.id, from: chatB, into: chatA }]);
    expect(await people()).toEqual([{ phone: '111', lid: '222', name: 'Ann' }]);
    const { rows: chats } = await database.pool.query(
      'select id, person_id, unread, last_activity_at from mkt_wap_chats order by id',
    );
    expect(chats).toEqual(
      [
        { id: chatA, person_id: byNumber, unread: 2, last_activity_at: later },
        { id: chatC, person_id: byNumber, unread: 0, last_activity_at: now },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    const { rows: messages } = await database.pool.query(
      'select chat_id, sender_id, wa_id from mkt_wap_messages order by wa_id',
    );
    expect(messages).toEqual([
      { chat_id: chatA, sender_id: byNumber, wa_id: 'ONE' },
      { chat_id: chatA, sender_id: byNumber, wa_id: 'TWO' },
    ]);
    const { rows: members } = await database.pool.query('select person_id from mkt_wap_group_participants');
    expect(members).toEqual([{ person_id: byNumber }]);
    const { rows: merged } = await database.pool.query('select merged_into from mkt_wap_people where id = $1', [byLid]);
    expect(merged).toEqual([{ merged_into: byNumber }]);
  });

  it('finds one person for everybody who asks at once', async () => {
    const seen: Sighting[] = [
      { phone: '1', lid: null },
      { phone: null, lid: '2' },
      { phone: '1', lid: '2' },
      { phone: '3', lid: '4', name: 'Bob' },
    ];
    const rounds = await Promise.all(Array.from({ length: 12 }, (_, i) => see(...seen.slice(i % 3), seen[3]!)));
    expect(await people()).toEqual([
      { phone: '1', lid: '2', name: null },
      { phone: '3', lid: '4', name: 'Bob' },
    ]);
    expect(new Set(rounds.map(({ ids }) => ids.get('3/4'))).size).toBe(1);
  });

  it('gives a number that moved to the person who has it now, and exchanges numbers', async () => {
    await see({ phone: '1', lid: '10' }, { phone: '2', lid: '20' });
    await see({ phone: '1', lid: '20' }, { phone: '2', lid: '10' });
    expect(await people()).toEqual([
      { phone: '1', lid: '20', name: null },
      { phone: '2', lid: '10', name: null },
    ]);
    await see({ phone: '1', lid: '30' });
    expect(await people()).toEqual([
      { phone: '1', lid: '30', name: null },
      { phone: '2', lid: '10', name: null },
      { phone: null, lid: '20', name: null },
    ]);
  });

  it('keeps the networks apart, and any name that people give themselves', async () => {
    const name = 'a\0b\ud800';
    await see({ phone: '1', lid: null, name });
    await transact(database.pool, (sql) => resolvePeople(sql, 'whatsapp', [{ phone: '1', lid: null, name }], now));
    const { rows } = await database.pool.query('select network, push_name from mkt_wap_people order by network');
    expect(rows).toEqual([
      { network: 'sandbox', push_name: 'a\ufffdb\ufffd' },
      { network: 'whatsapp', push_name: 'a\ufffdb\ufffd' },
    ]);
  });
});
