import type { Reader } from './kind.js';

const MOST_OPTIONS = 12;

export const readPoll: Reader<'poll'> = (message) => {
  const poll =
    message.pollCreationMessage ??
    message.pollCreationMessageV2 ??
    message.pollCreationMessageV3 ??
    message.pollCreationMessageV5;
  const options = (poll?.options ?? []).flatMap(({ optionName }) => optionName || []).slice(0, MOST_OPTIONS);
  if (!poll?.name || options.length === 0) return undefined;
  const selectable = Math.min(options.length, Math.max(0, Number(poll.selectableOptionsCount ?? 0)));
  return { kind: 'poll', question: poll.name, options, selectable };
};
