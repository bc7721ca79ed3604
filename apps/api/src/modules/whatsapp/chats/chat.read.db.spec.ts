import { expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import { useApi } from '../../../testing/api.server.js';
import { eventually } from '../testing/eventually.js';
import { inboundMessage } from '../testing/inbound.builder.js';
import { ctx, useMessages } from '../testing/use.messages.js';
import { lockWaits } from '../../../testing/lock.waits.js';
import { writeInbound } from '../messages/inbound/inbound.writer.js';
import { ChatService } from './chat.service.js';

const its = useMessages();
const api = useApi(its.database);
const seals = { raw: () => Buffer.from('raw'), reference: () => Buffer.from('sealed') };

it('tells, when it is read, of what came since it was looked at, too', async () => {
  const first = await its.receive({ content: { kind: 'text', text: 'first' } });
  const { chatId } = await its.read(first);
  let reading: Promise<unknown> | undefined;
  await transact(its.database.pool, async (sql) => {
    const message = inboundMessage({ content: { kind: 'text', text: 'second' } });
    await writeInbound(sql, [{ accountId: its.accountId, network: 'sandbox', message }], seals, new Date());
    // It has looked at the chat, as it was before, and waits for the row.
    reading = api.app.get(ChatService).markRead(ctx, chatId);
    await eventually(async () => expect(await lockWaits(its.database.pool)).toBe(1));
  });
  await reading;
  const { rows } = await its.database.pool.query(
    `select payload -> 'chat' as chat from mkt_wap_events where event = 'chat.updated' order by row desc limit 1`,
  );
  expect(rows[0].chat).toMatchObject({ unread: 0, lastMessage: { content: { text: 'second' } } });
});
