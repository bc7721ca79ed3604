import type { SendRequest } from '../../../governor/send.governor.js';
import type { Claimed } from './outbox.repository.js';

/** What the governor has to know of a message. */
export const toRequest = ({
  id,
  chatId,
  lane,
  firstContact,
  optedOut,
  attempts,
  typed,
  message,
}: Claimed): SendRequest => ({
  messageId: id,
  waId: message.waId,
  chatId,
  lane,
  firstContact,
  optedOut,
  again: attempts > 0,
  typed,
  phone: typeof message.to === 'string' ? null : message.to.phone,
});

/** What stands in a chat behind a message that is typed first is read again after it. */
export function untilTyped<T extends Claimed>(messages: readonly T[]): T[] {
  const typed = new Set<string>();
  return messages.filter(({ chatId, typed: characters }) => {
    if (typed.has(chatId)) return false;
    if (characters !== undefined) typed.add(chatId);
    return true;
  });
}
