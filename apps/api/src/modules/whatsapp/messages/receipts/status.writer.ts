/**
 * What the network said about outbound messages, of one commit and many accounts, into rows: acks and refusals, then
 * receipts. In whatever order they come, a status only goes up.
 */
import type { MessageFailure, MessageStatus } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { mayBecome } from '../rank.js';

/** A step of one message; found by its id of ours or by WhatsApp's. */
export interface StatusStep {
  accountId: string;
  waId: string;
  status: Extract<MessageStatus, 'sending' | 'unknown' | 'sent' | 'failed'>;
  at: Date;
  failure: MessageFailure | null;
}

interface Moved {
  id: string;
  account_id: string;
  chat_id: string;
  wa_id: string;
  status: MessageStatus;
  failure: MessageFailure | null;
  at: Date;
}

export async function writeSteps(sql: Sql, steps: readonly StatusStep[], now: Date): Promise<void> {
  for (const status of ['sending', 'unknown', 'sent', 'failed'] as const) {
    const of = steps.filter((step) => step.status === status);
    if (of.length > 0) await announce(sql, await move(sql, status, of, now), now);
  }
}

/**
 * An ack settles a failure that was not certain; nothing else does that here, but for one: a message that failed because
 * its person opted out may have been in hand at that moment, and only its owner knows.
 */
const LIFTS = `(m.status <> 'failed' or not (m.failure ->> 'certain')::boolean or m.failure ->> 'code' = 'opted_out')`;

async function move(sql: Sql, status: StatusStep['status'], steps: readonly StatusStep[], now: Date): Promise<Moved[]> {
  const { rows } = await sql.query<Moved>({
    name: `message-${status}`,
    text: `update mkt_wap_messages m set
        status = $1, failure = new.failure, updated_at = $2, queued_reason = null,
        attempts = m.attempts + case $1 when 'sending' then 1 else 0 end,
        sending_at = case $1 when 'sending' then new.at else m.sending_at end,
        sent_at = case $1 when 'sent' then coalesce(m.sent_at, new.at) else m.sent_at end
      from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::jsonb[]) as new (account_id, wa_id, at, failure)
      where m.account_id = new.account_id and m.wa_id = new.wa_id and m.direction = 'out'
        and (m.status = any($7) or ($1 = 'sending' and m.status in ('sending', 'unknown', 'failed'))) and ${LIFTS}
      returning m.id, m.account_id, m.chat_id, m.wa_id, m.status, m.failure, new.at`,
    values: [
      status,
      now,
      steps.map((step) => step.accountId),
      steps.map((step) => step.waId),
      steps.map((step) => step.at),
      steps.map((step) => step.failure && JSON.stringify(step.failure)),
      mayBecome(status),
    ],
  });
  return rows;
}

export async function announce(sql: Sql, moved: readonly Moved[], now: Date): Promise<void> {
  await appendEvents(
    sql,
    moved.map((row) =>
      newEvent(
        'message.status',
        row.account_id,
        {
          messageId: row.id,
          chatId: row.chat_id,
          waId: row.wa_id,
          status: row.status,
          failure: row.failure,
          at: row.at.toISOString(),
        },
        now,
      ),
    ),
  );
}
