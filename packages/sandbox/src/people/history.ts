/** The past of a phone as its companions read it: the texts of its chats, newest first (protocol.md B.7). */
import { deflateSync } from 'node:zlib';
import type { UserRecord } from '../network/device.js';
import { formatJid, isGroupJid, LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import {
  END_OF_HISTORY,
  HISTORY,
  historySync,
  type Conversation,
  type HistoryMessage,
  type HistorySync,
} from '../signal/history.proto.js';
import {
  message as messageCodec,
  PROTOCOL,
  type PeerDataRequest,
  type ProtocolMessage,
} from '../signal/message.proto.js';
import { textMessage } from './content.js';
import type { Person } from './person.js';

/** More than anybody writes in a sandbox. */
const ALL = 1_000_000;

export interface Past {
  chat: string;
  message: HistoryMessage;
}

export function historyNotice(sync: HistorySync, peerDataRequestSessionId?: string): ProtocolMessage {
  const historySyncNotification = {
    syncType: sync.syncType,
    ...(sync.chunkOrder === undefined ? {} : { chunkOrder: sync.chunkOrder }),
    ...(sync.progress === undefined ? {} : { progress: sync.progress }),
    ...(peerDataRequestSessionId === undefined ? {} : { peerDataRequestSessionId }),
    initialHistBootstrapInlinePayload: deflateSync(historySync.encode(sync)),
  };
  return { type: PROTOCOL.historySyncNotification, historySyncNotification };
}

/** These messages by chat, the names of those who wrote, and which LID belongs to which number. */
export function historyOf(
  person: Person,
  past: readonly Past[],
  about: Pick<HistorySync, 'syncType' | 'chunkOrder' | 'progress'>,
): HistorySync {
  const chats = new Map<string, HistoryMessage[]>();
  for (const { chat, message } of past) chats.set(chat, [...(chats.get(chat) ?? []), message]);
  const users = [...chats.keys()]
    .map((chat) => person.world.network.findUser(chat))
    .filter((user) => user !== undefined);
  return {
    ...about,
    conversations: [...chats].map(([chat, messages]) => conversation(person, chat, messages)),
    pushnames: [...users, person.user].map((user) => ({ id: pnJid(user), pushname: user.pushName })),
    phoneNumberToLidMappings: users.map((user) => ({ pnJid: pnJid(user), lidJid: formatJid(user.lid, LID_DOMAIN) })),
  };
}

/** What a companion asks for of one chat: so many messages before the oldest that it has. */
export function olderThan(
  person: Person,
  asked: NonNullable<PeerDataRequest['historySyncOnDemandRequest']>,
): HistorySync {
  const { chatJid = '', oldestMsgId, oldestMsgTimestampMs = 0, onDemandMsgCount = 50 } = asked;
  const chat = isGroupJid(chatJid) ? chatJid : (person.world.network.findUser(userOf(chatJid))?.pn ?? chatJid);
  const all = pastOf(person).filter((each) => each.chat === chat);
  const known = all.findIndex(({ message }) => message.key.id === oldestMsgId);
  const older =
    known >= 0
      ? all.slice(known + 1)
      : all.filter(({ message }) => (message.messageTimestamp ?? 0) * 1000 < oldestMsgTimestampMs);
  const messages = older.slice(0, onDemandMsgCount).map(({ message }) => message);
  const endOfHistoryTransferType = older.length > messages.length ? END_OF_HISTORY.moreOnPhone : END_OF_HISTORY.reached;
  return {
    syncType: HISTORY.onDemand,
    conversations: [{ ...conversation(person, chat, messages), endOfHistoryTransferType }],
  };
}

const userOf = (jid: string): string => jid.replace(/[:@].*$/, '');

function conversation(person: Person, chat: string, messages: HistoryMessage[]): Conversation {
  const user = person.world.network.findUser(chat);
  const named = user && { name: user.pushName, pnJid: pnJid(user), lidJid: formatJid(user.lid, LID_DOMAIN) };
  return {
    id: chatJid(person, chat),
    messages: messages.map((message, index) => ({ message, msgOrderId: messages.length - index })),
    unreadCount: 0,
    conversationTimestamp: Math.max(0, ...messages.map((message) => message.messageTimestamp ?? 0)),
    ...named,
  };
}

/** Every text that was seen or sent, the newest first. */
export function pastOf(person: Person): Past[] {
  const { notebook } = person;
  const received = notebook.seenAfter(0, ALL).filter(({ kind }) => kind === 'text');
  const written = notebook.sentAfter(0, ALL).filter(({ kind }) => kind === 'text');
  const ofSeen = received.map((note) => ({
    at: note.at,
    chat: note.chat,
    message: {
      key: keyOf(person, note.chat, note.id, note.fromMe, note.authorJid),
      message: textMessage(note.text),
      messageTimestamp: Math.floor(note.at / 1000),
    },
  }));
  const ofSent = written.map((note) => ({
    at: note.at,
    chat: person.world.network.findUser(note.to)?.pn ?? note.to,
    message: {
      key: keyOf(person, note.to, note.id, true),
      message: messageCodec.decode(note.payload),
      messageTimestamp: Math.floor(note.at / 1000),
    },
  }));
  return [...ofSeen, ...ofSent].sort((a, b) => b.at - a.at);
}

function keyOf(person: Person, chat: string, id: string, fromMe: boolean, author?: string) {
  const participant = isGroupJid(chat) && author !== undefined && !fromMe ? { participant: author } : {};
  return { remoteJid: chatJid(person, chat), fromMe, id, ...participant };
}

function chatJid(person: Person, chat: string): string {
  if (isGroupJid(chat)) return chat;
  const user = person.world.network.findUser(chat);
  return user ? pnJid(user) : formatJid(chat, LID_DOMAIN);
}

const pnJid = (user: UserRecord) => formatJid(user.pn, PN_DOMAIN);
