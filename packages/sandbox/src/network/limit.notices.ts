import { node } from '../protocol/node.js';
import { SERVER_JID } from '../protocol/jid.js';
import { notification } from './notices.js';
import { seconds, type Services } from './services.js';

/** `seconds` null: it is over. */
export interface LimitTold {
  kind: 'time-lock' | 'new-chats';
  seconds: number | null;
}

/** In JSON by the name of an operation, as clients read it. Kept like every notice, for who is not there. */
export function tellLimit(services: Services, pn: string, told: LimitTold): void {
  const { directory, office } = services;
  const user = directory.user(pn);
  const { operation, data } = noticeOf(told, seconds(services.clock));
  office.commit(() => {
    for (const device of user ? directory.devicesOf(user) : []) {
      if (!device.companion) continue;
      const update = node('update', { op_name: operation }, Buffer.from(JSON.stringify({ data })));
      office.post(device, notification(services, { from: SERVER_JID, type: 'mex' }, [update]));
    }
  });
}

function noticeOf({ kind, seconds: life }: LimitTold, now: number): { operation: string; data: object } {
  const ends = String(now + (life ?? 0));
  if (kind === 'time-lock') {
    const lock = { is_active: life !== null, time_enforcement_ends: ends, enforcement_type: 'DEFAULT' };
    return {
      operation: 'NotificationUserReachoutTimelockUpdate',
      data: { xwa2_notify_account_reachout_timelock: lock },
    };
  }
  const cap = { capping_status: life === null ? 'NONE' : 'CAPPED', cycle_end_timestamp: ends };
  return {
    operation: 'MessageCappingInfoNotification',
    data: { xwa2_notify_new_chat_messages_capping_info_update: cap },
  };
}
