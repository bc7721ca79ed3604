import { randomBytes } from 'node:crypto';
import type { Kind } from './kind.js';

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
