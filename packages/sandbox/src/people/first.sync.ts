/**
 * What a phone does for a companion it has just linked (protocol.md B.7): it shares the key to its app state and, inline,
 * the recent past. The push name is there to be read by then, since before the companion was linked: a notice of it that
 * came ahead of the key would be of no use. Each step may be repeated after a crash.
 */
import { deflateSync } from 'node:zlib';
import type { UserRecord } from '../network/device.js';
import { formatJid, isGroupJid, LID_DOMAIN, PN_DOMAIN } from '../protocol/jid.js';
import {
  HISTORY,
  historySync,
  type Conversation,
  type HistoryMessage,
  type HistorySync,
} from '../signal/history.proto.js';
import { message as messageCodec, PROTOCOL, type ProtocolMessage } from '../signal/message.proto.js';
import type { AppStateKey } from '../signal/app.state.js';
import { textMessage } from './content.js';
import { tellCompanion } from './peer.js';
import type { Person } from './person.js';

const RECENT = 200;

export async function firstSync(person: Person, key: AppStateKey, device: number): Promise<void> {
  await tellCompanion(person, device, keyShare(key, person.world.now()));
  await tellCompanion(person, device, historyNotice(history(person)));
}

export function keyShare(key: AppStateKey, now: number): ProtocolMessage {
  const keyData = { keyData: key.data, fingerprint: { rawId: 0, currentIndex: 0, deviceIndexes: [0] }, timestamp: now };
  return {
    type: PROTOCOL.appStateSyncKeyShare,
    appStateSyncKeyShare: { keys: [{ keyId: { keyId: key.id }, keyData }] },
  };
}

function historyNotice(past: HistorySync): ProtocolMessage {
  const historySyncNotification = {
    syncType: HISTORY.initialBootstrap,
    chunkOrder: 1,
    progress: 100,
    initialHistBootstrapInlinePayload: deflateSync(historySync.encode(past)),
  };
  return { type: PROTOCOL.historySyncNotification, historySyncNotification };
}

/** The last messages of each chat, the names of those who wrote, and which LID belongs to which number. */
function history(person: Person): HistorySync {
  const chats = new Map<string, HistoryMessage[]>();
  for (const { chat, message } of past(person)) chats.set(chat, [...(chats.get(chat) ?? []), message]);
  const users = [...chats.keys()]
    .map((chat) => person.world.network.findUser(chat))
    .filter((user) => user !== undefined);
  return {
    syncType: HISTORY.initialBootstrap,
    chunkOrder: 1,
    progress: 100,
    conversations: [...chats].map(([chat, messages]) => conversation(person, chat, messages)),
    pushnames: [...users, person.user].map((user) => ({ id: pnJid(user), pushname: user.pushName })),
    phoneNumberToLidMappings: users.map((user) => ({ pnJid: pnJid(user), lidJid: formatJid(user.lid, LID_DOMAIN) })),
  };
}

function conversation(person: Person, chat: string, messages: HistoryMessage[]): Conversation {
  const user = person.world.network.findUser(chat);
  const named = user && { name: user.pushName, pnJid: pnJid(user), lidJid: formatJid(user.lid, LID_DOMAIN) };
  return {
    id: chatJid(person, chat),
    messages: messages.map((message, index) => ({ message, msgOrderId: messages.length - index })),
    unreadCount: 0,
    conversationTimestamp: Math.max(...messages.map((message) => message.messageTimestamp ?? 0)),
    ...named,
  };
}

function past(person: Person): { chat: string; message: HistoryMessage }[] {
  const { notebook } = person;
  const { seen, sent } = notebook.counts;
  const received = notebook.seenAfter(Math.max(0, seen - RECENT), RECENT).filter(({ kind }) => kind === 'text');
  const written = notebook.sentAfter(Math.max(0, sent - RECENT), RECENT).filter(({ kind }) => kind === 'text');
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
