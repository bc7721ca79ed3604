/** Messages that came before this device was linked, or that the phone sent again: stored quietly (protocol.md B.7). */
import { proto, type BaileysEventMap } from 'baileys';
import type { AccountContext } from '../account.context.js';
import type { InboundMessage } from '../../engine.js';
import { readContext } from './context.js';
import { readContent } from './convert.js';
import { pair } from './envelope.js';
import { readMedia } from './media.js';

type WebMessage = BaileysEventMap['messaging-history.set']['messages'][number];
type HistoryContact = BaileysEventMap['messaging-history.set']['contacts'][number];

/** Null for stubs (S15), for what has no content and for what is no chat with people. */
export async function readWebMessage(
  account: AccountContext,
  info: WebMessage,
  history: boolean,
): Promise<InboundMessage | null> {
  const { key, message, messageTimestamp, pushName } = info;
  const content = message && readContent(message);
  const chat = await account.people.chat(key.remoteJid ?? undefined);
  const author = key.fromMe ? account.creds.me?.id : (key.participant ?? info.participant ?? key.remoteJid);
  const sender = await account.people.person(author ?? undefined);
  if (!content || !chat || !sender || !key.id) return null;
  const media = message ? readMedia(message) : undefined;
  return {
    waId: key.id,
    chat,
    sender,
    senderName: pushName || null,
    fromMe: key.fromMe ?? false,
    content,
    ...readContext(message),
    ...(media ? { media } : {}),
    ...(info.starred ? { starred: true } : {}),
    at: Number(messageTimestamp ?? 0) * 1000,
    history,
    raw: proto.Message.encode(message).finish(),
  };
}

/** Names and pairs that the phone's address book brings along. */
export async function readContact(account: AccountContext, contact: HistoryContact) {
  const known = pair(contact.id, contact.lid ?? contact.phoneNumber);
  if (known) await account.signal.mapping.learn([known]);
  const person = await account.people.person(contact.id);
  const name = contact.name ?? contact.notify ?? contact.verifiedName;
  return person && name ? { ...person, name } : null;
}
