/** What changes a message otherwise than by words: somebody who moves, what is pinned, what is kept. */
import type { MessageContent } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { transact } from '../../../../database/transaction.js';
import type { PersonAddress, PhoneDigits } from '../../jid.js';
import { ctx, useMessages } from '../../testing/use.messages.js';
import { expireMessages } from '../expiry.repository.js';

const its = useMessages();
const { database, idOf, read, receive } = its;

it('shows where somebody is who shares that and moves, in the one message', async () => {
  const place = (latitude: number, after?: number): MessageContent => ({
    kind: 'live_location',
    latitude,
    longitude: 2,
    ...(after === undefined ? { caption: 'on my way' } : { movedAfterSeconds: after }),
  });
  const eve: PersonAddress = { phone: '9990000000066' as PhoneDigits, lid: null };
  const from = { chat: eve, sender: eve };
  const alone = await receive({ ...from, content: place(9, 600) });
  expect((await its.messages.read(ctx, await idOf(alone))).content).toMatchObject({ latitude: 9 });
  const share = await receive({ ...from, content: place(1) });
  const id = await idOf(share);
  const moved = await receive({ ...from, content: place(2, 60) });
  expect((await its.messages.read(ctx, id)).content).toEqual({ ...place(2, 60), caption: 'on my way' });
  // An older word comes late, and one that was there comes again.
  await receive({ ...from, content: place(1.5, 30) });
  expect((await its.messages.read(ctx, id)).content).toMatchObject({ latitude: 2 });
  await receive({ ...from, waId: moved, content: place(2, 60) });
  expect((await its.messages.read(ctx, id)).content).toMatchObject({ latitude: 2 });
  const { rows } = await database.pool.query('select wa_id from mkt_wap_messages where wa_id = any($1)', [
    [alone, share, moved],
  ]);
  expect(rows.map((row) => row.wa_id).toSorted()).toEqual([alone, share].toSorted());
  const { rows: chats } = await database.pool.query(
    `select unread from mkt_wap_chats c join mkt_wap_people p on p.id = c.person_id where p.phone = $1`,
    [eve.phone],
  );
  expect(chats).toEqual([{ unread: 2 }]);
});

it('says of a message that it is pinned, and does not let one disappear that is kept', async () => {
  const pinned = await receive({ at: Date.parse('2026-05-01T10:00:00Z') });
  const change = (content: MessageContent, at: string) => receive({ content, at: Date.parse(at) });
  await change({ kind: 'pin', targetWaId: pinned, pinned: true, seconds: 86_400 }, '2026-05-01T11:00:00Z');
  expect(await read(pinned)).toMatchObject({ pinnedUntil: '2026-05-02T11:00:00.000Z' });
  await change({ kind: 'pin', targetWaId: pinned, pinned: false, seconds: 0 }, '2026-05-01T12:00:00Z');
  expect(await read(pinned)).toMatchObject({ pinnedUntil: null });

  const [kept, gone] = [await receive({ ephemeralSeconds: 60 }), await receive({ ephemeralSeconds: 60 })];
  await receive({ content: { kind: 'keep', targetWaId: kept, kept: true } });
  const later = new Date(Date.now() + 3_600_000);
  await transact(database.pool, (sql) => expireMessages(sql, later));
  expect((await read(kept)).content).toEqual({ kind: 'text', text: 'hi' });
  expect((await read(gone)).content).toMatchObject({ kind: 'gone' });
  await receive({ content: { kind: 'keep', targetWaId: kept, kept: false } });
  await transact(database.pool, (sql) => expireMessages(sql, later));
  expect((await read(kept)).content).toMatchObject({ kind: 'gone' });
});
