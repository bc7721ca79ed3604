/** What a person does to a message of theirs: a new text or caption, or away with it. */
import { PROTOCOL, type Message } from '../../signal/message.proto.js';
import type { Kind } from './kind.js';

export const edit: Kind<'edit'> = {
  write: ({ messageId, text, of }, desk) => ({
    protocolMessage: {
      key: desk.key(messageId),
      type: PROTOCOL.messageEdit,
      editedMessage: edited(text, of),
      timestampMs: desk.now,
    },
  }),
};

function edited(text: string, of?: 'image' | 'video' | 'document'): Message {
  if (of === 'image') return { imageMessage: { caption: text } };
  if (of === 'video') return { videoMessage: { caption: text } };
  if (of === 'document') return { documentWithCaptionMessage: { message: { documentMessage: { caption: text } } } };
  return { conversation: text };
}

export const remove: Kind<'delete'> = {
  write: ({ messageId }, desk) => ({ protocolMessage: { key: desk.key(messageId), type: PROTOCOL.revoke } }),
};

const [PIN, UNPIN, KEEP, LET_GO] = [1, 2, 1, 2];

export const pin: Kind<'pin'> = {
  write: ({ messageId, seconds }, desk) => ({
    pinInChatMessage: { key: desk.key(messageId), type: seconds > 0 ? PIN : UNPIN, senderTimestampMs: desk.now },
    messageContextInfo: { messageAddOnDurationInSecs: seconds },
  }),
};

export const keep: Kind<'keep'> = {
  write: ({ messageId, kept }, desk) => ({
    keepInChatMessage: { key: desk.key(messageId), keepType: kept ? KEEP : LET_GO, timestampMs: desk.now },
  }),
};
