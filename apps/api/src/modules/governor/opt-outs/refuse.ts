import type { Sql } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import { optedOutSince } from './opt.out.repository.js';

/**
 * To be asked with the chat locked, before a message is accepted for it: 422 when its person wants none. Who opts out a
 * moment later is seen when the message would leave.
 */
export async function refuseOptedOut(sql: Sql, chatId: string): Promise<void> {
  const since = await optedOutSince(sql, chatId);
  if (!since) return;
  const day = since.toISOString().slice(0, 10);
  throw new ProblemError(
    'opted_out',
    `This person asked for no more messages (${day}). Nothing is sent until they write START, or an admin records their new consent.`,
  );
}
