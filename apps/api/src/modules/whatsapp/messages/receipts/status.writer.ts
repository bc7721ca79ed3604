/**
 * What the network said about outbound messages, of one commit and many accounts, into rows: acks and refusals, then
 * receipts. In whatever order they come, a status only goes up.
 */
import type { MessageFailure, MessageKind, MessageStatus } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import { forgetUnsent, noteSends } from '../../../governor/send.repository.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { UNSURE } from '../failure.js';
import { announceUpdated, type TargetKey } from '../message.updated.js';
import { mayBecome } from '../rank.js';
import { followChanges } from './change.follower.js';

/** A step of one message; found by its id of ours or by WhatsApp's. */
export interface StatusStep {
  accountId: string;
  waId: string;
  /** `unsent`: it was handed over and certainly did not leave; the attempt does not count. */
  status: Extract<MessageStatus, 'sending' | 'unknown' | 'sent' | 'failed'> | 'unsent';
  at: Date;
  failure: MessageFailure | null;
}

/** Of `m`: what a change of its status is told with; `at` comes beside it. */
export const MOVED = 'm.id, m.account_id, m.chat_id, m.wa_id, m.kind, m.target_wa_id, m.status, m.failure, m.failed_at';

export interface Moved {
  id: string;
  account_id: string;
  chat_id: string;
  wa_id: string;
  kind: MessageKind;
  target_wa_id: string | null;
  status: MessageStatus;
  failure: MessageFailure | null;
  failed_at: Date | null;
  at: Date;
}

export async function writeSteps(sql: Sql, steps: readonly StatusStep[], now: Date): Promise<void> {
  for (const status of ['sending', 'unknown', 'sent', 'failed'] as const) {
    const of = steps.filter((step) => step.status === status);
    if (of.length === 0) continue;
    const moved = await move(sql, status, of, now);
    if (status === 'sending') await noteSends(sql, moved);
    await announce(sql, moved, now);
  }
  await discount(
    sql,
    steps.filter((step) => step.status === 'unsent'),
    now,
  );
}

/**
 * An ack settles a failure that was not certain; nothing else does that here, but for one: a message that failed because
 * its person opted out may have been in hand at that moment, and only its owner knows.
 */
const LIFTS = `(m.status <> 'failed' or not (m.failure ->> 'certain')::boolean or m.failure ->> 'code' = 'opted_out')`;

/** It was handed over before, and that had no answer: a later failure says nothing of whether that one arrived. */
const LEFT_BEFORE = `m.attempts > 1`;

/**
 * One that is not known to be sent and is sent again stays `unknown`: a status never goes backwards. So does one that fails
 * at a later attempt: sent anew, it could be there twice. What has its answer leaves the outbox.
 */
const SETS = {
  sending: `attempts = m.attempts + 1, sending_at = new.at,
    status = case m.status when 'unknown' then m.status else 'sending' end,
    failure = case m.status when 'unknown' then m.failure end, failed_at = null, outbox = coalesce(m.outbox, 'due')`,
  unknown: `status = 'unknown', failure = new.failure, unknown_at = new.at, outbox = 'silent'`,
  sent: `status = 'sent', failure = null, sent_at = coalesce(m.sent_at, new.at), outbox = null`,
  failed: `status = case when ${LEFT_BEFORE} then 'unknown' else 'failed' end,
    failure = case when ${LEFT_BEFORE} then new.failure || '${JSON.stringify(UNSURE)}'::jsonb else new.failure end,
    failed_at = case when ${LEFT_BEFORE} then m.failed_at else new.at end,
    unknown_at = case when ${LEFT_BEFORE} then coalesce(m.unknown_at, new.at) else m.unknown_at end, outbox = null`,
} as const;

/**
 * Given as a value, where a message is found by its id: named in the text it would allow the index of all outbound messages to
 * be read from end to end, and while they are few that looks like the cheapest plan. It is kept, and they become many.
 */
export const OUT = 'out';

type Stepped = Moved & { attempts: number };

async function move(sql: Sql, status: keyof typeof SETS, steps: readonly StatusStep[], now: Date): Promise<Stepped[]> {
  const from = [...mayBecome(status), ...(status === 'sending' ? ['sending', 'unknown', 'failed'] : [])];
  const { rows } = await sql.query<Stepped>({
    name: `message-${status}`,
    text: `update mkt_wap_messages m set ${SETS[status]}, updated_at = $1, queued_reason = null
      from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::jsonb[]) as new (account_id, wa_id, at, failure)
      where m.account_id = new.account_id and m.wa_id = new.wa_id and m.direction = $7 and m.status = any($6) and ${LIFTS}
      returning ${MOVED}, m.attempts, new.at`,
    values: [
      now,
      steps.map((step) => step.accountId),
      steps.map((step) => step.waId),
      steps.map((step) => step.at),
      steps.map((step) => step.failure && JSON.stringify(step.failure)),
      from,
      OUT,
    ],
  });
  return rows.filter((row) => row.status === status || status === 'failed');
}

type Discounted = TargetKey & { account_id: string; at: Date; attempts: number };

/** An only attempt that was none is not counted anywhere: the message has never left, and can be taken back again. */
async function discount(sql: Sql, steps: readonly StatusStep[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  const { rows } = await sql.query<Discounted>(
    `update mkt_wap_messages m set attempts = greatest(0, m.attempts - 1)
     from (select m.id, m.attempts from mkt_wap_messages m
       join unnest($1::uuid[], $2::text[]) as new (account_id, wa_id) on m.account_id = new.account_id and m.wa_id = new.wa_id
       where m.direction = 'out' and m.outbox is not null) before
     where m.id = before.id
     returning m.account_id, m.sending_at as at, before.attempts, m.chat_id as "chatId", m.wa_id as "waId"`,
    [steps.map((step) => step.accountId), steps.map((step) => step.waId)],
  );
  const never = rows.filter(({ attempts }) => attempts === 1);
  await forgetUnsent(sql, never);
  await announceUpdated(sql, never, now);
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
  await followChanges(sql, moved, now);
}
