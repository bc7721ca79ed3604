import type { Writer } from './kind.js';

/** One choice is a poll of version 3, many are one of version 1; the secret beside it opens the votes. */
export const writePoll: Writer<'poll'> = ({ question, options, selectable }) => {
  const poll = {
    name: question,
    options: options.map((optionName) => ({ optionName })),
    selectableOptionsCount: selectable,
  };
  return {
    message: selectable === 1 ? { pollCreationMessageV3: poll } : { pollCreationMessage: poll },
    attrs: { type: 'poll' },
    nodes: [{ tag: 'meta', attrs: { polltype: 'creation' } }],
  };
};
