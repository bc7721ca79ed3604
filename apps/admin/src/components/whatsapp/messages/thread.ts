import type { Chat } from '@trunkline/contracts';

/** A conversation on screen: a chat that exists, or one that begins with the first message to an address. */
export type Thread = { chat: Chat; accountId: string; to: null } | { chat: null; accountId: string; to: string };

/** Where its unsent messages and its draft are kept. */
export const threadKey = (thread: Thread): string => thread.chat?.id ?? `${thread.accountId} ${thread.to}`;
