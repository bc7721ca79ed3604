import { isChange, type Message } from '@trunkline/contracts';

export interface Reaction {
  emoji: string;
  /** How many gave it. */
  count: number;
  mine: boolean;
}

/** A message as it is read: with what was said about it later. */
export interface Bubble {
  message: Message;
  /** As it stands now, after edits; null when it was deleted or is of a kind that is not shown yet. */
  text: string | null;
  edited: boolean;
  deleted: boolean;
  reactions: Reaction[];
}

/**
 * Reactions, edits and deletions are messages of their own; here they are applied to what they concern, in the order in
 * which they came. What they concern may not be loaded: then they wait for it. Newest first in, oldest first out.
 */
export function fold(newestFirst: readonly Message[]): Bubble[] {
  const bubbles = new Map<string, Bubble>();
  const oldestFirst = newestFirst.toReversed();
  for (const message of oldestFirst) if (standsAlone(message)) bubbles.set(message.waId, bubbleOf(message));
  const given = new Map<string, Map<string, Given>>();
  for (const message of oldestFirst) apply(message, bubbles, given);
  for (const [waId, reactions] of given) {
    const bubble = bubbles.get(waId);
    if (bubble && !bubble.deleted) bubble.reactions = counted([...reactions.values()]);
  }
  return [...bubbles.values()];
}

interface Given {
  emoji: string;
  mine: boolean;
}

const standsAlone = ({ content }: Message): boolean => !isChange(content);

const bubbleOf = (message: Message): Bubble => ({
  message,
  text: message.content.kind === 'text' ? message.content.text : null,
  edited: false,
  deleted: false,
  reactions: [],
});

function apply(message: Message, bubbles: Map<string, Bubble>, given: Map<string, Map<string, Given>>): void {
  const { content } = message;
  if (content.kind === 'reaction') return react(message, content.targetWaId, content.emoji, given);
  if (content.kind !== 'edit' && content.kind !== 'delete') return;
  const target = bubbles.get(content.targetWaId);
  if (!target) return;
  if (content.kind === 'delete') Object.assign(target, { text: null, deleted: true, reactions: [] });
  // Nobody edits what somebody else wrote.
  else if (author(message) === author(target.message)) Object.assign(target, { text: content.text, edited: true });
}

/** One person has one reaction to a message; an empty one takes it back. */
function react(message: Message, targetWaId: string, emoji: string, given: Map<string, Map<string, Given>>): void {
  const byAuthor = given.get(targetWaId) ?? new Map<string, Given>();
  given.set(targetWaId, byAuthor);
  if (emoji === '') byAuthor.delete(author(message));
  else byAuthor.set(author(message), { emoji, mine: message.direction === 'out' });
}

const author = (message: Message): string =>
  message.direction === 'out' ? 'us' : (message.sender?.personId ?? 'them');

function counted(given: readonly Given[]): Reaction[] {
  const byEmoji = new Map<string, Reaction>();
  for (const { emoji, mine } of given) {
    const known = byEmoji.get(emoji);
    byEmoji.set(emoji, { emoji, count: (known?.count ?? 0) + 1, mine: mine || (known?.mine ?? false) });
  }
  return [...byEmoji.values()];
}
