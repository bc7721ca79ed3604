import { isChange, MESSAGE_STATUS_RANK, type EventPayload, type Message } from '@trunkline/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { mapFirst, mapItems, type Pages } from './pages';

/** Ordinals are whole numbers too large to trust to a float, those of a history below zero. Positive when `a` is later. */
export const compareOrdinals = (a: string, b: string): number => Number(BigInt(a) - BigInt(b));

/** Newest first, as the API lists them. A message that is there already is replaced, but its status never falls. */
export function putMessage(client: QueryClient, message: Message): void {
  // What only changes another message is told as an update of that one.
  if (isChange(message.content)) return;
  client.setQueryData<Pages<Message>>(keys.messages(message.chatId), (data) => data && withMessage(data, message));
}

function withMessage(data: Pages<Message>, message: Message): Pages<Message> {
  const known = data.pages.some((page) => page.items.some((item) => item.id === message.id));
  if (known)
    return mapItems(data, (items) => items.map((item) => (item.id === message.id ? later(item, message) : item)));
  return mapFirst(data, (items) => [...items, message].sort((a, b) => compareOrdinals(b.ordinal, a.ordinal)));
}

/**
 * The message as it is now; one that was scheduled may have taken another place. One that is not loaded stays so: it comes
 * with its page as it is then.
 */
export function changeMessage(client: QueryClient, message: Message): void {
  client.setQueryData<Pages<Message>>(keys.messages(message.chatId), (data) => data && changed(data, message));
}

function changed(data: Pages<Message>, message: Message): Pages<Message> {
  const held = data.pages.flatMap((page) => page.items).find((item) => item.id === message.id);
  if (!held) return data;
  if (held.ordinal === message.ordinal) return withMessage(data, message);
  return withMessage(
    mapItems(data, (items) => items.filter((item) => item !== held)),
    later(held, message),
  );
}

export function later(held: Message, told: Message): Message {
  if (MESSAGE_STATUS_RANK[told.status] >= MESSAGE_STATUS_RANK[held.status]) return told;
  const { status, failure, queuedReason, cancellable } = held;
  const times = Object.fromEntries(TIMES.map((time) => [time, held[time]]));
  return { ...told, status, failure, queuedReason, cancellable, ...times };
}

type StatusChange = EventPayload<'message.status'>;

export function changeStatus(client: QueryClient, change: StatusChange): void {
  client.setQueryData<Pages<Message>>(
    keys.messages(change.chatId),
    (data) => data && mapItems(data, (items) => items.map((message) => movedOn(message, change))),
  );
}

/** The message after a status event, or as it is when the event is about another one or comes late. */
export function movedOn(message: Message, { messageId, status, failure, at }: StatusChange): Message {
  if (message.id !== messageId || MESSAGE_STATUS_RANK[status] < MESSAGE_STATUS_RANK[message.status]) return message;
  const time = TIME_OF[status];
  return {
    ...message,
    status,
    failure,
    queuedReason: status === 'queued' ? message.queuedReason : null,
    cancellable: status === 'queued',
    ...(time && { [time]: message[time] ?? at }),
  };
}

/** Which time a status has. */
const TIME_OF = {
  queued: null,
  sending: 'sendingAt',
  unknown: 'unknownAt',
  sent: 'sentAt',
  delivered: 'deliveredAt',
  read: 'readAt',
  played: 'playedAt',
  failed: 'failedAt',
  cancelled: 'cancelledAt',
  expired: 'expiredAt',
} as const satisfies Record<Message['status'], keyof Message | null>;
const TIMES = Object.values(TIME_OF).filter((time) => time !== null);
