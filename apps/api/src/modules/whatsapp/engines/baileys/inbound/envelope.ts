/** The outside of a message stanza: who, where, when, and which two names it says are one person (protocol.md B.7, B.8). */
import { getBinaryNodeChild, jidDecode, type BinaryNode } from 'baileys';
import { channelJid, STATUS_JID, type ChannelJid } from '../../../jid.js';
import type { LidPair } from '../signal/lid.mapping.js';

/**
 * In channels what was posted comes again under its own id: as a whole when it was edited, as nothing when it was taken back
 * (`edit` of the stanza, with times in `meta`; whatsmeow reads it so, and other clients).
 */
export interface PostChange {
  how: 'edited' | 'removed';
  /** As the server says it: what tells one edit from the next. */
  when: string;
}

export interface Envelope {
  id: string;
  /** The device that encrypted it. */
  author: string;
  /** Where the receipt goes. */
  from: string;
  /** The chat as the stanza names it; for own messages the one it was written to. */
  chat: string;
  isGroup: boolean;
  /** A status, a channel, or a list that somebody writes to at once. */
  isBroadcast: boolean;
  /** Of a post, which is part of no chat: where it stands. */
  place: 'status' | ChannelJid | null;
  change: PostChange | null;
  fromMe: boolean;
  category: string | undefined;
  pushName: string | null;
  /** When it was written; of a change, when that was which it changes. */
  at: number;
  pairs: LidPair[];
}

/** Null when the stanza lacks what every message has. */
export function readEnvelope(node: BinaryNode, isMe: (jid: string | undefined) => boolean): Envelope | null {
  const { attrs } = node;
  const { id, from, participant, recipient } = attrs;
  const isGroup = from?.endsWith('@g.us') ?? false;
  const isBroadcast = /@(broadcast|newsletter)$/.test(from ?? '');
  const author = isGroup || isBroadcast ? (participant ?? from) : from;
  if (!id || !from || !author || (isGroup && !participant)) return null;
  const fromMe = isMe(author);
  const channel = channelJid(from);
  const meta = channel && getBinaryNodeChild(node, 'meta')?.attrs;
  const change = channel ? changeOf(attrs, meta) : null;
  return {
    id,
    author,
    from,
    // What somebody writes to a list of theirs stands in the chat with them.
    chat: isBroadcast ? author : fromMe && recipient && !isGroup ? recipient : from,
    isGroup,
    isBroadcast,
    place: from === STATUS_JID ? 'status' : (channel ?? null),
    change,
    fromMe,
    category: attrs.category,
    pushName: attrs.notify || null,
    at: Number((change && meta?.original_msg_t) ?? attrs.t) * 1000 || Date.now(),
    pairs: pairsOf(attrs, author, recipient),
  };
}

const CHANGES: Record<string, PostChange['how']> = { 3: 'edited', 8: 'removed' };

function changeOf({ edit, t = '' }: BinaryNode['attrs'], meta: BinaryNode['attrs'] | undefined): PostChange | null {
  const how = CHANGES[edit ?? ''];
  return how ? { how, when: meta?.msg_edit_t ?? t } : null;
}

function pairsOf(attrs: BinaryNode['attrs'], author: string, recipient: string | undefined): LidPair[] {
  const { participant_lid, participant_pn, sender_lid, sender_pn } = attrs;
  const pairs = [pair(author, participant_lid ?? sender_lid ?? participant_pn ?? sender_pn)];
  const other = attrs.recipient_lid ?? attrs.recipient_pn ?? attrs.peer_recipient_lid ?? attrs.peer_recipient_pn;
  if (recipient) pairs.push(pair(recipient, other));
  return pairs.filter((each) => each !== null);
}

/** One of the two is a number, the other a LID; otherwise they are no pair. */
export function pair(one: string | undefined, other: string | undefined): LidPair | null {
  const [a, b] = [jidDecode(one), jidDecode(other)];
  if (!a || !b) return null;
  if (a.server === 's.whatsapp.net' && b.server === 'lid') return { phone: a.user, lid: b.user };
  if (a.server === 'lid' && b.server === 's.whatsapp.net') return { phone: b.user, lid: a.user };
  return null;
}
