import type { Sql } from '../../../database/database.js';
import { ProblemError } from '../../../errors/problem.js';
import { optedOutSince } from './opt.out.repository.js';

/**
 * To be asked with the chats locked, before messages are accepted for them: of each whose person wants none, the refusal
 * (422). Who opts out a moment later is seen when the message would leave.
 */
export async function refusalsOf(sql: Sql, chatIds: readonly string[]): Promise<Map<string, ProblemError>> {
  const since = await optedOutSince(sql, chatIds);
  return new Map([...since].map(([chatId, at]) => [chatId, refusal(at)]));
}

function refusal(since: Date): ProblemError {
  const day = since.toISOString().slice(0, 10);
  return new ProblemError(
    'opted_out',
    `This person asked for no more messages (${day}). Nothing is sent until they write START, or an admin records their new consent.`,
  );
}
