import type { Message } from '../../signal/message.proto.js';
import { Refusal } from '../refusal.js';
import { event } from './event.js';
import type { Desk } from './kind.js';
import { poll } from './poll.js';
import type { Asked } from './sealed.js';

/** What opens the votes of a poll or the answers to an event; undefined for any other message. */
export function askedOf(id: string, message: Message, makers: string[]): Asked | undefined {
  const secret = message.messageContextInfo?.messageSecret;
  if (!secret) return undefined;
  const options = poll.read?.(message)?.detail.options;
  if (Array.isArray(options)) return { id, secret, makers, options: options as string[] };
  return event.read?.(message) ? { id, secret, makers } : undefined;
}

export function known(desk: Desk, messageId: string, what: 'poll' | 'event'): Asked {
  const asked = desk.asked(messageId);
  if (!asked || Boolean(asked.options) !== (what === 'poll'))
    throw new Refusal('not_found', `no ${what} ${messageId} was seen or sent`);
  return asked;
}
