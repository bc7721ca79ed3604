/** Limits of the account as a whole, which WhatsApp tells in notifications and in answer to a 463 or 475. */
import type { BaileysEventMap, ConnectionState } from 'baileys';
import type { EngineEvent } from '../../engine.js';

type Limit = Extract<EngineEvent, { type: 'limit' }>;

/** The account may not write first: 463. */
export function readTimeLock(lock: ConnectionState['reachoutTimeLock']): Limit | undefined {
  if (!lock) return undefined;
  const until = lock.isActive ? (lock.timeEnforcementEnds?.getTime() ?? null) : 0;
  return { type: 'limit', code: 'reach_out_time_lock', until };
}

/** The number of new chats is used up until the cycle ends: 475. Warnings before that are none. */
export function readCapping(cap: BaileysEventMap['message-capping.update']): Limit | undefined {
  if (cap.capping_status === undefined) return undefined;
  const end = Number(cap.cycle_end_timestamp) * 1000 || null;
  return { type: 'limit', code: 'new_chat_limit', until: String(cap.capping_status) === 'CAPPED' ? end : 0 };
}
