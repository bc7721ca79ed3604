import type { GovernorHold, HoldCode } from '@trunkline/contracts';
import type { Hold } from './holds.js';

const WORDS: Record<HoldCode, string> = {
  reach_out_time_lock:
    'WhatsApp does not let this account write to people who did not write first (463). First contacts wait; replies go.',
  new_chat_limit: 'This account has reached WhatsApp’s limit of new chats (475). First contacts wait; replies go.',
  rate_limited: 'WhatsApp asked this account to slow down (429). Only replies go for now.',
  stanza_refused: 'WhatsApp refused messages of this account as malformed (479). First contacts wait; replies go.',
  restricted: 'WhatsApp has restricted this account. Only replies go until some time after that is over.',
};

export function describeHold({ code, scope, since, until }: Hold): GovernorHold {
  return {
    code,
    scope,
    since: new Date(since).toISOString(),
    until: new Date(until).toISOString(),
    message: WORDS[code],
  };
}
