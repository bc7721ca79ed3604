import { isChange, type Chat, type EventPayload, type Message } from '@trunkline/contracts';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { OfAccountFilter } from './keys';
import { keys } from './keys';
import { loadAgain } from './load-again';
import { compareOrdinals, later, movedOn } from './message-cache';
import { eachList, itemsOf, mapItems, type Pages } from './pages';

/** What stands in a conversation by itself; reactions, edits and deletions are about something that was counted already. */
const standsAlone = ({ content }: Message): boolean => !isChange(content);

/** A message arrived or was written: its chat moves to the top of each list. Harmless when repeated. */
export function noteMessage(client: QueryClient, message: Message): void {
  if (!standsAlone(message)) return;
  eachList<Chat>(client, keys.chatLists, (data, listKey) => {
    const chat = itemsOf(data).find((each) => each.id === message.chatId);
    if (chat) return isNews(chat, message) ? toTop(data, afterMessage(chat, message)) : data;
    if (mayHold(listKey, message.accountId)) loadAgain(client, listKey, true);
    return data;
  });
}

const isNews = (chat: Chat, message: Message): boolean =>
  chat.lastMessage === null || compareOrdinals(message.ordinal, chat.lastMessage.ordinal) > 0;

const afterMessage = (chat: Chat, message: Message): Chat => ({
  ...chat,
  unread: message.direction === 'in' ? chat.unread + 1 : chat.unread,
  lastMessage: message,
  lastActivityAt: message.timestamp,
});

export function noteChange(client: QueryClient, message: Message): void {
  changeChat(client, message.chatId, (chat) =>
    chat.lastMessage?.id === message.id ? { ...chat, lastMessage: later(chat.lastMessage, message) } : chat,
  );
}

export function noteStatus(client: QueryClient, change: EventPayload<'message.status'>): void {
  changeChat(client, change.chatId, (chat) => ({
    ...chat,
    lastMessage: chat.lastMessage && movedOn(chat.lastMessage, change),
  }));
}

export function changeChat(client: QueryClient, id: string, change: (chat: Chat) => Chat): void {
  eachList<Chat>(client, keys.chatLists, (data) =>
    mapItems(data, (items) => items.map((chat) => (chat.id === id ? change(chat) : chat))),
  );
}

/** A chat as the server says it is now. */
export function putChat(client: QueryClient, chat: Chat): void {
  eachList<Chat>(client, keys.chatLists, (data, listKey) => {
    const held = itemsOf(data).find((each) => each.id === chat.id);
    if (held) return held.lastActivityAt === chat.lastActivityAt ? replaced(data, chat) : toTop(data, chat);
    if (mayHold(listKey, chat.accountId)) loadAgain(client, listKey, true);
    return data;
  });
}

const replaced = (data: Pages<Chat>, chat: Chat): Pages<Chat> =>
  mapItems(data, (items) => items.map((each) => (each.id === chat.id ? chat : each)));

function toTop(data: Pages<Chat>, chat: Chat): Pages<Chat> {
  const without = mapItems(data, (items) => items.filter((each) => each.id !== chat.id));
  return {
    ...without,
    pages: without.pages.map((page, index) => (index === 0 ? { ...page, items: [chat, ...page.items] } : page)),
  };
}

/** Number and LID turned out to be one person: one chat went into the other. */
export function mergeChats(client: QueryClient, { chatId, intoChatId }: EventPayload<'chat.merged'>): void {
  eachList<Chat>(client, keys.chatLists, (data) =>
    mapItems(data, (items) => items.filter((chat) => chat.id !== chatId)),
  );
  loadAgain(client, keys.chatLists);
  loadAgain(client, keys.messages(intoChatId));
}

export function dropChatsOf(client: QueryClient, accountId: string): void {
  eachList<Chat>(client, keys.chatLists, (data) =>
    mapItems(data, (items) => items.filter((chat) => chat.accountId !== accountId)),
  );
}

function mayHold(listKey: QueryKey, accountId: string): boolean {
  const filter = listKey[1] as OfAccountFilter | undefined;
  return filter?.accountId === undefined || filter.accountId === accountId;
}
