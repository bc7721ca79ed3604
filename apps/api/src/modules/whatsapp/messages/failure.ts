import type { MessageFailure, SendFailureCode } from '@trunkline/contracts';

/** For each failure of a send: what happened and what to do, for people. Whether it is certain comes from who saw it. */
const WORDS: Record<SendFailureCode, { message: string; mend: string }> = {
  not_connected: { message: 'The account was not connected.', mend: 'Connect the account and send again.' },
  not_on_whatsapp: { message: 'This number is not on WhatsApp.', mend: 'Check the number.' },
  recipient_blocked: {
    message: 'WhatsApp does not let this account write to this person: one of the two has blocked the other.',
    mend: 'If the account has blocked them, unblock them first. Do not write to who has blocked you.',
  },
  query_timed_out: { message: 'WhatsApp did not answer a question that comes before sending.', mend: 'Send again.' },
  no_session: { message: 'No encrypted session could be made with the recipient.', mend: 'Send again in a while.' },
  group_unknown: { message: 'WhatsApp does not know this group.', mend: 'Refresh the groups.' },
  group_not_member: {
    message: 'The account is not in this group.',
    mend: 'Ask a member to add it again, then refresh the groups.',
  },
  group_admins_only: {
    message: 'Only admins may write in this group.',
    mend: 'Ask an admin to make the account one, or to let members write.',
  },
  reach_out_time_lock: {
    message: 'WhatsApp lets this account write to nobody new for now (463).',
    mend: 'Wait until the time is over, and write only to people who wrote first. Each new try can make it longer.',
  },
  contact_token_missing: {
    message: 'WhatsApp wants proof that this person knows the account, and there is none or an old one (463).',
    mend: 'Wait until they write first, or write to them from the phone.',
  },
  new_chat_limit: {
    message: 'This account has reached WhatsApp’s limit of new chats (475).',
    mend: 'Wait until the limit is lifted; replies still pass.',
  },
  devices_changed: {
    message: 'The recipient’s devices changed while the message was sent (479), twice.',
    mend: 'Send again.',
  },
  rate_limited: {
    message: 'WhatsApp asked this account to slow down (429).',
    mend: 'Wait a while before sending again.',
  },
  opted_out: {
    message: 'This person has asked for no more messages.',
    mend: 'Nothing is sent until they write START, or an admin records their new consent.',
  },
  too_large: { message: 'The message is larger than WhatsApp takes.', mend: 'Make it shorter, or split it.' },
  rejected: {
    message: 'WhatsApp refused the message.',
    mend: 'Send again in a while. If it is refused again, change what it says or write from the phone.',
  },
  unsupported: {
    message: 'This kind of message cannot be sent to this chat.',
    mend: 'Send it as another kind, or from the phone.',
  },
  media_failed: {
    message: 'The file of the message could not be uploaded to WhatsApp.',
    mend: 'Upload the file anew and send again.',
  },
  ack_timed_out: {
    message: 'WhatsApp did not confirm the message; it may have arrived.',
    mend: 'A receipt will settle it. Do not send it again by hand before that.',
  },
};

/** What takes the place of these where an earlier attempt may have arrived. */
export const UNSURE = { certain: false, mend: WORDS.ack_timed_out.mend } satisfies Partial<MessageFailure>;

export interface Failing {
  code: SendFailureCode;
  certain: boolean;
  detail?: string;
  /** Milliseconds since 1970. */
  until?: number | undefined;
}

export function describeFailure({ code, certain, detail, until }: Failing): MessageFailure {
  const { message, mend } = WORDS[code];
  const told = code === 'rejected' && detail ? `${message} (${detail})` : message;
  return { code, message: told, certain, mend, ...(until ? { until: new Date(until).toISOString() } : {}) };
}
