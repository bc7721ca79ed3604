import type { ChatEnd, ChatMark } from '../engines/chats.js';
import type { GroupJid, PersonAddress } from '../jid.js';

/** One thing that the owner of the account is asked to do at WhatsApp; each is safe to do twice. */
export type ChatAct =
  | { type: 'mark'; chat: PersonAddress | GroupJid; mark: ChatMark; end: ChatEnd | null }
  | { type: 'star'; chat: PersonAddress | GroupJid; message: ChatEnd; starred: boolean }
  | { type: 'block'; person: PersonAddress; blocked: boolean }
  | { type: 'timer'; chat: PersonAddress | GroupJid; seconds: number | null }
  | { type: 'older'; chat: PersonAddress | GroupJid; before: ChatEnd; count: number };
