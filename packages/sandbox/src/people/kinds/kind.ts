/** How a person's phone reads and writes one kind of message; each kind is a file beside this one. */
import type { Say, SeenMessage } from '../../control/contract.js';
import type { Message, MessageKey } from '../../signal/message.proto.js';
import type { Asked } from './sealed.js';

export type SayOf<K extends Say['content']['kind']> = Extract<Say['content'], { kind: K }>;

export interface Read {
  kind: SeenMessage['kind'];
  /** What stands first in it. */
  text: string;
  /** All of it, as the control API shows it. */
  detail: Record<string, unknown>;
  target?: string | null;
}

/** What a writer may look up. */
export interface Desk {
  now: number;
  /** Of a message that was seen or sent. Throws when there is none. */
  key(messageId: string): MessageKey;
  /** A poll or an event. */
  asked(messageId: string): Asked | undefined;
  /** The own name in the chat that this is written to. */
  me: string;
}

export interface Kind<K extends Say['content']['kind']> {
  read?(message: Message): Read | undefined;
  write(content: SayOf<K>, desk: Desk): Message;
  /** The `type` attribute of the stanza; `text` where it is not said. */
  stanzaType?: string;
}
