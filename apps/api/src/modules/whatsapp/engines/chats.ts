/**
 * What a person does with a chat besides writing in it, over the engine port. All of it is shared with the account's phone:
 * a change made here appears there, and one made there comes as the same event.
 */
import type { GroupJid, PersonAddress } from '../jid.js';

/** One thing that is so of a chat now; times in milliseconds since 1970. */
export type ChatMark =
  | { archived: boolean }
  /** Since when it stands above the others; null: it does not. */
  | { pinnedAt: number | null }
  /** Null: it is not muted. `MUTED_FOR_EVER` (contracts): for ever. */
  | { mutedUntil: number | null }
  /** Marked by hand. False: the chat was read, on whichever device. */
  | { markedUnread: boolean };

export const CHAT_FAILURES = [
  'not_connected',
  /** No answer: it may have been done. */
  'timed_out',
  'refused',
  /** The phone has not shared the keys of its settings with this device yet. */
  'no_keys',
  /** A person known by LID alone cannot be blocked. */
  'number_unknown',
] as const;
export type ChatFailureCode = (typeof CHAT_FAILURES)[number];
export type ChatResult = { ok: true } | { ok: false; code: ChatFailureCode };

/** The newest message of a chat: what is archived or marked is the chat as far as that. */
export interface ChatEnd {
  waId: string;
  fromMe: boolean;
  /** In groups: who wrote it. */
  sender: PersonAddress | null;
  at: number;
}

/** Each resolves when WhatsApp has it, and its event was emitted; safe to repeat. Rejects never. */
export interface ChatCapability {
  mark(chat: PersonAddress | GroupJid, mark: ChatMark, end: ChatEnd | null): Promise<ChatResult>;
  star(chat: PersonAddress | GroupJid, message: ChatEnd, starred: boolean): Promise<ChatResult>;
  block(person: PersonAddress, blocked: boolean): Promise<ChatResult>;
  /** How long messages live from now on; null: for ever. */
  setTimer(chat: PersonAddress | GroupJid, seconds: number | null): Promise<ChatResult>;
  /** Asks the phone for messages before this one; they come as history, and `older-messages` after them. */
  older(chat: PersonAddress | GroupJid, before: ChatEnd, count: number): Promise<ChatResult>;
}
