/** What a kind of content becomes on the wire; each kind is a file beside this one. */
import type { ContentOf, MessageKind } from '@trunkline/contracts';
import type { BinaryNode, proto } from 'baileys';
import { personJid } from '../../../../jid.js';
import type { OutboundMessage } from '../../../engine.js';
import type { AccountContext } from '../../account.context.js';

export interface Written {
  message: proto.IMessage;
  /** Of the stanza; `type` is `text` where it is not said. */
  attrs?: { type?: StanzaType; edit?: string };
  /** Of each ciphertext. */
  encAttrs?: Record<string, string>;
  /** Beside the ciphertexts. */
  nodes?: BinaryNode[];
}

export type StanzaType = 'text' | 'media' | 'reaction' | 'poll' | 'event';

/** What a writer may need besides the content. */
export interface Outgoing {
  outbound: OutboundMessage;
  /** The chat's address, and the own one in this chat. */
  to: string;
  me: string;
  account: AccountContext;
}

/** Throws a SendFailure for what cannot be sent. Called once for each message; what it wrote is kept for resends. */
export type Writer<K extends MessageKind> = (content: ContentOf<K>, outgoing: Outgoing) => Written | Promise<Written>;

/** The key as this account sees it; who reads it turns it round. Without `target` the message is our own. */
export function targetKey({ outbound: { target }, to }: Outgoing, id: string): proto.IMessageKey {
  const fromMe = target?.fromMe ?? true;
  const author = !fromMe && target?.sender && to.endsWith('@g.us') ? personJid(target.sender) : undefined;
  return { remoteJid: to, fromMe, id, ...(author ? { participant: author } : {}) };
}
