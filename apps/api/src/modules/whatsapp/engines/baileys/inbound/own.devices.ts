/**
 * What the account's phone tells its other devices: app-state keys, history, LIDs. Baileys works on it (`upsertMessage`);
 * history it reads is handed to us on the way, and the receipt leaves after that, so that a crash brings it again.
 */
import { proto } from 'baileys';
import type { AccountContext } from '../account.context.js';
import type { Envelope } from './envelope.js';

/** A media download or an app-state query that hangs must not keep the receipt for ever. */
const PATIENCE_MS = 20_000;
const { HISTORY_SYNC_NOTIFICATION } = proto.Message.ProtocolMessage.Type;

export const isHistory = (message: proto.IMessage): boolean =>
  message.protocolMessage?.type === HISTORY_SYNC_NOTIFICATION;

export async function processOwn(account: AccountContext, envelope: Envelope, message: proto.IMessage): Promise<void> {
  const { id, from, at } = envelope;
  const key = { remoteJid: from, fromMe: true, id };
  const info = proto.WebMessageInfo.fromObject({ key, messageTimestamp: Math.floor(at / 1000) });
  info.message = message as proto.Message;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  try {
    await Promise.race([account.socket.upsertMessage(info as never, 'notify'), patience]);
  } finally {
    clearTimeout(timer);
  }
}
