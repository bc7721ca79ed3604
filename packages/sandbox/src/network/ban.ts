import type { User } from './directory.js';

const TEMPORARILY_BANNED = 402;
const BANNED = 403;

/** How a banned number is turned away (protocol.md B.9), if it is banned now. `now` in seconds. */
export function banFailure(
  { ban }: User,
  now: number,
): { reason: number; attributes: Record<string, string> } | undefined {
  if (!ban) return undefined;
  const { until } = ban;
  if (until === undefined) return { reason: BANNED, attributes: { logout_message_header: 'This account is banned' } };
  if (until <= now) return undefined;
  return { reason: TEMPORARILY_BANNED, attributes: { code: '101', expire: String(until - now) } };
}
