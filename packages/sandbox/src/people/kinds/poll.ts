import { randomBytes } from 'node:crypto';
import type { Message } from '../../signal/message.proto.js';
import type { Kind } from './kind.js';
import type { Poll } from './poll.secret.js';

export const poll: Kind<'poll'> = {
  stanzaType: 'poll',
  read: (message) => {
    const made = message.pollCreationMessage ?? message.pollCreationMessageV3;
    if (!made) return undefined;
    const { name = '', options = [], selectableOptionsCount = 0 } = made;
    const detail = { options: options.map(({ optionName }) => optionName ?? ''), selectable: selectableOptionsCount };
    return { kind: 'poll', text: name, detail };
  },
  write: ({ question, options, selectable }) => ({
    messageContextInfo: { messageSecret: randomBytes(32) },
    pollCreationMessageV3: {
      name: question,
      options: options.map((optionName) => ({ optionName })),
      selectableOptionsCount: selectable,
    },
  }),
};

/** What opens the votes of a poll; undefined for any other message. */
export function pollOf(id: string, message: Message, makers: string[]): Poll | undefined {
  const options = poll.read?.(message)?.detail.options;
  const secret = message.messageContextInfo?.messageSecret;
  return Array.isArray(options) && secret ? { id, secret, makers, options: options as string[] } : undefined;
}
