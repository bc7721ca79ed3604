/**
 * What a message reads like after all that was said about it: edits, deletions, reactions, votes. They are rows of their
 * own that name their target, and are folded in when it is read: so it makes no difference which came first.
 */
import type { Message, MessageContent, PollResults, Reactions } from '@trunkline/contracts';

export interface Change {
  content: MessageContent;
  /** Null: this account. */
  personId: string | null;
  name: string | null;
  at: string;
  /** Of an admin of the group. */
  admin: boolean;
}

type Folded = Pick<Message, 'content' | 'reactions' | 'pollResults' | 'editedAt'>;

interface Target {
  content: MessageContent;
  senderId: string | null;
}

/** `changes` in the order in which they were made. */
export function foldChanges(target: Target, changes: readonly Change[]): Folded {
  if (changes.some((change) => change.content.kind === 'delete' && mayDelete(change, target)))
    return { content: { kind: 'gone', why: 'deleted' }, reactions: [], pollResults: null, editedAt: null };
  return { ...edited(target, changes), reactions: reactionsOf(changes), pollResults: resultsOf(target, changes) };
}

const isAuthor = ({ personId }: Change, { senderId }: Target): boolean => personId === senderId;

const mayDelete = (change: Change, target: Target): boolean =>
  isAuthor(change, target) || change.admin || change.personId === null;

/** Nobody edits what another wrote. */
function edited(target: Target, changes: readonly Change[]): Pick<Folded, 'content' | 'editedAt'> {
  const { content } = target;
  const last = changes.findLast((change) => change.content.kind === 'edit' && isAuthor(change, target));
  if (last?.content.kind !== 'edit' || content.kind === 'gone') return { content, editedAt: null };
  return { content: withText(content, last.content.text), editedAt: new Date(last.at).toISOString() };
}

/** A text has a new text; what carries a caption has a new one. */
function withText(content: MessageContent, text: string): MessageContent {
  if (content.kind === 'text') return { ...content, text };
  return 'caption' in content ? { ...content, caption: text } : content;
}

const by = ({ personId, name }: Change) => ({ personId, name });

/** One person has one reaction to a message; an empty one takes it back. */
function reactionsOf(changes: readonly Change[]): Reactions {
  const given = new Map<string, { emoji: string; change: Change }>();
  for (const change of changes) {
    if (change.content.kind !== 'reaction') continue;
    given.delete(change.personId ?? '');
    if (change.content.emoji) given.set(change.personId ?? '', { emoji: change.content.emoji, change });
  }
  const byEmoji = new Map<string, Reactions[number]>();
  for (const { emoji, change } of given.values()) {
    const known = byEmoji.get(emoji) ?? { emoji, by: [] };
    byEmoji.set(emoji, { emoji, by: [...known.by, by(change)] });
  }
  return [...byEmoji.values()];
}

/** A vote takes the place of the one before it; one that could not be opened counts for nothing. */
function resultsOf({ content }: Target, changes: readonly Change[]): PollResults | null {
  if (content.kind !== 'poll') return null;
  const votes = new Map<string, { options: string[]; change: Change }>();
  for (const change of changes)
    if (change.content.kind === 'vote' && change.content.options)
      votes.set(change.personId ?? '', { options: change.content.options, change });
  const all = [...votes.values()];
  return content.options.map((option) => ({
    option,
    by: all.filter(({ options }) => options.includes(option)).map(({ change }) => by(change)),
  }));
}
