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
/** Where nothing of it can be done. */
export const NO_ACTS: ConversationActs = {
  send: nothing,
  reply: nothing,
  edit: nothing,
  forward: nothing,
  show: nothing,
  view: nothing,
};
export const ConversationContext = createContext(NO_ACTS);

export const useConversation = (): ConversationActs => useContext(ConversationContext);
