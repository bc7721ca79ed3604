/** What a person does to a message of theirs: a new text, or away with it. */
import { PROTOCOL } from '../../signal/message.proto.js';
import type { Kind } from './kind.js';

export const edit: Kind<'edit'> = {
  write: ({ messageId, text }, desk) => ({
    protocolMessage: {
      key: desk.key(messageId),
      type: PROTOCOL.messageEdit,
      editedMessage: { conversation: text },
      timestampMs: desk.now,
    },
  }),
};

export const remove: Kind<'delete'> = {
  write: ({ messageId }, desk) => ({ protocolMessage: { key: desk.key(messageId), type: PROTOCOL.revoke } }),
};
