import type { Sql } from '../../../database/database.js';
import { livedHoursSince } from '../../cluster/lived.repository.js';
import type { AccountRow } from '../accounts/account.view.js';

const HOUR_MS = 3_600_000;
const EXPIRY_HOURS = 14 * 24;

/**
 * R3.2: a linked session that was not seen connected for 14 days. Both clocks must say so: the wall clock, which may have
 * jumped, and the hours in which this installation was up. While it was switched off nothing is known against a session;
 * WhatsApp will say what it thinks of it.
 */
export async function isExpired(
  sql: Sql,
  { linked, lastSeenConnectedAt }: Pick<AccountRow, 'linked' | 'lastSeenConnectedAt'>,
  now: Date,
): Promise<boolean> {
  if (!linked || !lastSeenConnectedAt) return false;
  if (now.getTime() - lastSeenConnectedAt.getTime() <= EXPIRY_HOURS * HOUR_MS) return false;
  return (await livedHoursSince(sql, lastSeenConnectedAt, now)) >= EXPIRY_HOURS;
}
