/** From the decrypted bytes to the protobuf, and to the message inside the wrappers that tell us nothing. */
import { normalizeMessageContent, proto } from 'baileys';

const MOST_PADDING = 16;

/** Takes off 1 to 16 bytes, each of which says how many they are (protocol.md B.6.4). Throws when they do not. */
export function unpad(bytes: Uint8Array): Uint8Array {
  const count = bytes.at(-1) ?? 0;
  if (count === 0 || count > MOST_PADDING || count > bytes.length) throw new RangeError('the padding is wrong');
  return bytes.subarray(0, bytes.length - count);
}

export function pad(bytes: Uint8Array, count: number): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(count, count)]);
}

export interface Opened {
  /** What was written. */
  message: proto.IMessage;
  /** For own messages: the chat it was written to, as the other device says. */
  destination: string | null;
}

/** The wrapper of messages between own devices counts from own devices only: anyone could put it on. */
export function openPlaintext(bytes: Uint8Array, fromMe: boolean): Opened {
  const message = proto.Message.decode(bytes);
  const own = fromMe ? message.deviceSentMessage : null;
  return { message: own?.message ?? message, destination: own?.destinationJid || null };
}

export const contentOf = (message: proto.IMessage): proto.IMessage => normalizeMessageContent(message) ?? message;
