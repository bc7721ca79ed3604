import type { MessageFailure } from '@trunkline/contracts';
import type { SendFailureCode } from '../engines/engine.js';

/** For each failure of a send: what happened and what to do, for people. Whether it is certain comes from who saw it. */
const WORDS: Record<SendFailureCode, { message: string; mend: string | null }> = {
  not_connected: { message: 'The account was not connected.', mend: 'Connect the account and send again.' },
  not_on_whatsapp: { message: 'This number is not on WhatsApp.', mend: 'Check the number.' },
  query_timed_out: { message: 'WhatsApp did not answer a question that comes before sending.', mend: 'Send again.' },
  no_session: { message: 'No encrypted session could be made with the recipient.', mend: 'Send again in a while.' },
  group_unknown: {
    message: 'WhatsApp does not know this group, or the account is not in it.',
    mend: 'Refresh the groups.',
  },
  group_not_allowed: { message: 'The account may not write in this group.', mend: 'Ask an admin of the group.' },
  reach_out_time_lock: {
    message: 'WhatsApp does not let this account write to new people for now (463).',
    mend: 'Wait, and write only to people who wrote first.',
  },
  new_chat_limit: {
    message: 'This account has reached WhatsApp’s limit of new chats (475).',
    mend: 'Wait until the limit is lifted; replies still pass.',
  },
  rate_limited: {
    message: 'WhatsApp asked this account to slow down (429).',
    mend: 'Wait a while before sending again.',
  },
  opted_out: {
    message: 'This person has asked for no more messages.',
    mend: 'Nothing is sent until they write START, or an admin records their new consent.',
  },
  rejected: { message: 'WhatsApp refused the message.', mend: null },
  unsupported: { message: 'This kind of message cannot be sent yet.', mend: null },
  ack_timed_out: {
    message: 'WhatsApp did not confirm the message; it may have arrived.',
    mend: 'A receipt will settle it. Do not send it again by hand before that.',
  },
};

export function describeFailure(code: SendFailureCode, certain: boolean, detail: string): MessageFailure {
  const { message, mend } = WORDS[code];
  return { code, message: code === 'rejected' && detail ? `${message} (${detail})` : message, certain, mend };
}
