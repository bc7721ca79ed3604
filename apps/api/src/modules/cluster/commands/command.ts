import type { ChatAct } from '../../whatsapp/chats/chat.act.js';
import type { Doing } from '../../whatsapp/engines/engine.js';
import type { GroupJid, PersonAddress } from '../../whatsapp/jid.js';
import type { ProfileAct } from '../../whatsapp/profiles/profile.act.js';
import type { AccountProxy, ErrorCode } from '@trunkline/contracts';

/** What a person or program may ask of an account, and with what. Each is safe to run twice. */
export interface CommandInputs {
  initialize: Record<string, never>;
  disconnect: Record<string, never>;
  reset: Record<string, never>;
  logout: Record<string, never>;
  remove: Record<string, never>;
  'restore-session': { generationId: string };
  'accept-number': Record<string, never>;
  'refuse-number': Record<string, never>;
  /** Of the health check. */
  'find-number': Record<string, never>;
  check: Record<string, never>;
  /** Record what is said until then, into the trace of that id. */
  trace: { traceId: string; until: string };
  /** Of queued messages: those of these ids, or all of a batch. */
  'cancel-messages': { ids: string[] | null; batchId: string | null };
  /** Shown in the chat with this address; nobody is told when it cannot be. */
  show: { chat: PersonAddress | GroupJid; doing: Doing };
  /** Read marks for these messages of one chat. */
  'read-marks': { chat: PersonAddress | GroupJid; messages: { waId: string; sender: PersonAddress }[] };
  /** Done at WhatsApp, with a chat or a message. */
  chat: ChatAct;
  /** Set at WhatsApp: what others see of the account. */
  profile: ProfileAct;
  /** From now on, being online of this person is told. */
  watch: { person: PersonAddress };
  /** Goes by this proxy from now on, or by none. */
  proxy: AccountProxy;
  /** The proxy that it goes by is another now. */
  'line-changed': Record<string, never>;
  /** E.164, checked for form. */
  phone: { phoneNumber: string };
  /** Digits of the phone that is to be linked. */
  'pairing-code': { phone: string };
}
export type Verb = keyof CommandInputs;

export interface CommandAnswers extends Record<Verb, object> {
  /** The code is in the sealed secret of that id. */
  'pairing-code': { secretId: string; expiresAt: string };
}

export type Answer = ({ ok: true } & Record<string, unknown>) | { ok: false; code: ErrorCode; message: string };

/** Of an owner, to the command of this id. */
export interface CommandAnswer {
  id: string;
  answer: Answer;
}

export interface Command<V extends Verb = Verb> {
  id: string;
  accountId: string;
  verb: V;
  input: CommandInputs[V];
}
