import type { Sql } from '../../../../database/database.js';
import { describeFailure } from '../failure.js';
import { writeSteps } from '../receipts/status.writer.js';
import { RESEND_HOURS, RESENDS } from './claim.repository.js';

const AT_ONCE = 500;

/**
 * Messages that were on their way when connection after connection broke, and that nobody sends again: whether they
 * arrived is not known, and a receipt may still tell. Nothing stays `sending` for ever. Answers how many.
 */
export async function settleSilent(sql: Sql, now: Date): Promise<number> {
  const { rows } = await sql.query<{ account_id: string; wa_id: string }>(
    `select account_id, wa_id from mkt_wap_messages
     where direction = 'out' and status = 'sending' and sending_at < $1::timestamptz - interval '5 minutes'
       and (attempts >= $2 or sending_at < $1::timestamptz - make_interval(hours => $3)) limit $4`,
    [now, RESENDS, RESEND_HOURS, AT_ONCE],
  );
  const failure = describeFailure('ack_timed_out', false, '');
  const steps = rows.map(({ account_id: accountId, wa_id: waId }) => ({
    accountId,
    waId,
    status: 'unknown' as const,
    at: now,
    failure,
  }));
  await writeSteps(sql, steps, now);
  return steps.length;
}
