/**
 * Why a message failed, or why it is not known whether it was sent: a closed list. `failure.code` of a message is one of
 * these; docs/operations/messages.md says of each what causes it and what to do.
 */
export const SEND_FAILURE_CODES = [
  'not_connected',
  'not_on_whatsapp',
  'recipient_blocked',
  'query_timed_out',
  'no_session',
  'group_unknown',
  'group_not_member',
  'group_admins_only',
  /** 463: WhatsApp lets this account write to nobody new until the time in `failure.until`. */
  'reach_out_time_lock',
  /** 463 without such a lock: this contact has given the account no token, or an old one. */
  'contact_token_missing',
  /** 475 */
  'new_chat_limit',
  /** 479: the recipient's devices are others than those it was sealed for. */
  'devices_changed',
  /** 429 */
  'rate_limited',
  'opted_out',
  'too_large',
  /** Any other refusal by the server. */
  'rejected',
  'unsupported',
  /** The file of the message could not be uploaded to WhatsApp. */
  'media_failed',
  'ack_timed_out',
] as const;
export type SendFailureCode = (typeof SEND_FAILURE_CODES)[number];
