import { isChange, type Chat, type EventPayload, type Message } from '@trunkline/contracts';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { ChatFilter } from './keys';
import { keys } from './keys';
import { loadAgain } from './load-again';
import { compareOrdinals, later, movedOn } from './message-cache';
import { eachList, itemsOf, mapFirst, mapItems, type Pages } from './pages';

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
    if (held && !fits(listKey, chat)) return without(data, chat);
    if (held && (held.pinnedAt === null) !== (chat.pinnedAt === null)) {
      // Where it stands among the others is the server's to say.
      if (chat.pinnedAt === null) loadAgain(client, listKey, true);
      return toTop(data, chat);
    }
    if (held) return held.lastActivityAt === chat.lastActivityAt ? replaced(data, chat) : toTop(data, chat);
    if (fits(listKey, chat)) loadAgain(client, listKey, true);
    return data;
  });
}

const replaced = (data: Pages<Chat>, chat: Chat): Pages<Chat> =>
  mapItems(data, (items) => items.map((each) => (each.id === chat.id ? chat : each)));

const without = (data: Pages<Chat>, { id }: Chat): Pages<Chat> =>
  mapItems(data, (items) => items.filter((each) => each.id !== id));

/** Of those that are pinned, or of the others, which stand below them. */
function toTop(data: Pages<Chat>, chat: Chat): Pages<Chat> {
  return mapFirst(without(data, chat), (items) => [
    ...items.filter(({ pinnedAt }) => pinnedAt !== null && chat.pinnedAt === null),
    chat,
    ...items.filter(({ pinnedAt }) => pinnedAt === null || chat.pinnedAt !== null),
  ]);
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

const fits = (listKey: QueryKey, chat: Chat): boolean => {
  const { archived } = (listKey[1] as ChatFilter | undefined) ?? {};
  return mayHold(listKey, chat.accountId) && (archived === undefined || archived === chat.archived);
};

function mayHold(listKey: QueryKey, accountId: string): boolean {
  const filter = listKey[1] as ChatFilter | undefined;
  return filter?.accountId === undefined || filter.accountId === accountId;
}
