import type { Sql } from '../../../../database/database.js';
import { describeFailure } from '../failure.js';
import { writeSteps } from '../receipts/status.writer.js';
import { ANSWERED_ATTEMPTS, ATTEMPTS, RESEND_HOURS, WAITS } from './outbox.repository.js';

const AT_ONCE = 500;

/** What `unconfirmedMessages` will not give to any connection any more. */
const GIVEN_UP = `m.sending_at < $1::timestamptz - interval '1 minute'
  and (m.attempts >= case m.status when 'unknown' then $2 else $4 end::int or m.sending_at < $1::timestamptz - make_interval(hours => $3) or m.not_after <= $1
  or exists (select from mkt_wap_accounts a where a.id = m.account_id and a.linked_at >= m.sending_at))`;

/**
 * Messages that were on their way when connection after connection broke, and that nobody sends again: whether they
 * arrived is not known, and a receipt may still tell. Nothing stays `sending` for ever, but what certainly never left: that
 * waits for as long as its connection is away. Answers how many.
 */
export async function settleSilent(sql: Sql, now: Date): Promise<number> {
  const bounds = [now, ANSWERED_ATTEMPTS, RESEND_HOURS, ATTEMPTS];
  const { rows } = await sql.query<{ account_id: string; wa_id: string }>(
    `select m.account_id, m.wa_id from mkt_wap_messages m
     where m.outbox is not null and m.status = 'sending' and not ${WAITS} and ${GIVEN_UP} limit $5`,
    [...bounds, AT_ONCE],
  );
  const failure = describeFailure({ code: 'ack_timed_out', certain: false });
  const steps = rows.map((row) => ({ accountId: row.account_id, waId: row.wa_id, at: now, failure }));
  await writeSteps(
    sql,
    steps.map((step) => ({ ...step, status: 'unknown' as const })),
    now,
  );
  await sql.query(
    `update mkt_wap_messages m set outbox = null where m.outbox = 'silent' and m.status = 'unknown' and ${GIVEN_UP}`,
    bounds,
  );
  return steps.length;
}
