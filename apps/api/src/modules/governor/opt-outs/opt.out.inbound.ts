/**
 * What people write to leave the list of recipients or to come back, in the transaction that stores it: the word, the row on
 * the list and the confirmation are one commit, and a word that is delivered again stores nothing and so does nothing.
 *
 * Only words to an account itself count, none in groups and none from a history; and only new messages, not edits.
 */
import type { Network } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { appendEvents, newEvent } from '../../whatsapp/events/event.log.repository.js';
import { advanceChats } from '../../whatsapp/chats/chat.repository.js';
import type { MessageRow } from '../../whatsapp/messages/message.view.js';
import { insertOutbound } from '../../whatsapp/messages/outbound/intake.repository.js';
import { CONFIRM_WITHIN_MS, confirmationIn } from './confirmation.js';
import { insertOptOuts, liftOptOuts } from './opt.out.repository.js';
import { readWord, type Word } from './words.js';

/** @param stored new rows of messages of one network, in order, none of a history */
export async function obeyWords(sql: Sql, network: Network, stored: readonly MessageRow[], now: Date): Promise<void> {
  for (const row of stored) {
    const word = wordOf(row);
    const personId = word && (await personOf(sql, row.chat_id));
    if (!word || !personId) continue;
    const said = { network, personId, row, now };
    if (word.means === 'stop') await stop(sql, said, word);
    else await start(sql, said);
  }
}

interface Said {
  network: Network;
  personId: string;
  row: MessageRow;
  now: Date;
}

function wordOf({ direction, content }: MessageRow): Word | undefined {
  return direction === 'in' && content.kind === 'text' ? readWord(content.text) : undefined;
}

async function personOf(sql: Sql, chatId: string): Promise<string | null> {
  const { rows } = await sql.query(`select person_id from mkt_wap_chats where id = $1`, [chatId]);
  return rows[0]?.person_id ?? null;
}

const byPerson = ({ row, personId }: Said) => ({
  actor: { kind: 'person' as const, id: personId, name: row.sender_name ?? '' },
  note: row.content.kind === 'text' ? row.content.text : null,
});

async function stop(sql: Sql, said: Said, { language }: Word): Promise<void> {
  const { network, personId, row, now } = said;
  const confirmationId = uuid();
  const place = { network, personId, accountId: row.account_id, messageId: row.id, confirmationId };
  const added = await insertOptOuts(sql, [{ ...place, source: 'stop_word', ...byPerson(said) }], now);
  if (added.length === 0) return;
  const confirmation = {
    id: confirmationId,
    accountId: row.account_id,
    chatId: row.chat_id,
    content: { kind: 'text', text: confirmationIn(language) },
    forwardingScore: 0,
    quotedWaId: null,
    retryOf: null,
    lane: 'direct',
    notBefore: null,
    notAfter: new Date(now.getTime() + CONFIRM_WITHIN_MS),
  } as const;
  const [message] = await insertOutbound(sql, [confirmation], null, now);
  const activity = { lastMessageId: confirmationId, at: now, unread: 0, quiet: false, heardAt: null, knownSince: null };
  await advanceChats(sql, [{ chatId: row.chat_id, ...activity }]);
  await appendEvents(sql, [newEvent('message.created', row.account_id, { message: message! }, now)]);
}

async function start(sql: Sql, said: Said): Promise<void> {
  await liftOptOuts(sql, [said.personId], { source: 'start_word', ...byPerson(said) }, said.now);
}
