'use client';

import type { Message, SendContent } from '@trunkline/contracts';
import { createContext, useContext } from 'react';

/** What can be done from within a bubble of the conversation that is open. */
export interface ConversationActs {
  send: (content: SendContent) => void;
  reply: (message: Message) => void;
  edit: (message: Message) => void;
  forward: (message: Message) => void;
  /** Brings a message into sight, if it is loaded. */
  show: (messageId: string) => void;
  /** Opens its picture or film over the page. */
  view: (messageId: string) => void;
}

const nothing = () => undefined;
export const ConversationContext = createContext<ConversationActs>({
  send: nothing,
  reply: nothing,
  edit: nothing,
  forward: nothing,
  show: nothing,
  view: nothing,
});

export const useConversation = (): ConversationActs => useContext(ConversationContext);
