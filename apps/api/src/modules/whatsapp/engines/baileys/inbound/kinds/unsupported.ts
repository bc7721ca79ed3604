import { proto } from 'baileys';
import type { Reader } from './kind.js';

/** Travel beside a message, or are no message: alone they are nothing to show. */
const NO_CONTENT = new Set(['messageContextInfo', 'senderKeyDistributionMessage', 'deviceSentMessage']);

/** What the other devices tell each other by messages; nothing that a person wrote. */
const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;

/** Whatever else a person sent, by the name of its field; undefined when they sent nothing. */
export const readUnsupported: Reader<'unsupported'> = (message) => {
  const type = Object.keys(message).find((key) => !NO_CONTENT.has(key) && message[key as keyof proto.IMessage] != null);
  if (!type) return undefined;
  const protocol = message.protocolMessage?.type ?? REVOKE;
  if (type === 'protocolMessage' && protocol !== MESSAGE_EDIT && protocol !== REVOKE) return undefined;
  return { kind: 'unsupported', type };
};
