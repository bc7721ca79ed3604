/**
 * What a message reads like after all that was said about it: edits, deletions, reactions, votes, answers. They are rows of their
 * own that name their target, and are folded in when it is read: so it makes no difference which came first. One that failed
 * counts for nothing, and is told as such until another of its kind takes its place.
 */
import { EVENT_ANSWERS } from '@trunkline/contracts';
import type {
  EventAnswer,
  EventAnswers,
  FailedChange,
  Message,
  MessageContent,
  MessageFailure,
  MessageStatus,
  PollResults,
  Reactions,
} from '@trunkline/contracts';

export interface Change {
  messageId: string;
  content: MessageContent;
  /** Null: this account. */
  personId: string | null;
  name: string | null;
  at: string;
  /** Of an admin of the group. */
  admin: boolean;
  /** Of one by this account: how far it came. What others said is there. */
  status: MessageStatus;
  failure: MessageFailure | null;
}

type Folded = Pick<
  Message,
  'content' | 'reactions' | 'pollResults' | 'eventAnswers' | 'editedAt' | 'pinnedUntil' | 'failedChanges'
>;

interface Target {
  content: MessageContent;
  senderId: string | null;
}

/** `changes` in the order in which they were made. */
export function foldChanges(target: Target, said: readonly Change[]): Folded {
  const changes = said.filter(({ status }) => !FALLEN.has(status));
  if (changes.some((change) => deletes(change, target)))
    return {
      content: { kind: 'gone', why: 'deleted' },
      reactions: [],
      pollResults: null,
      eventAnswers: null,
      editedAt: null,
      pinnedUntil: null,
      failedChanges: [],
    };
  return {
    ...edited(target, changes),
    reactions: reactionsOf(changes),
    pollResults: resultsOf(target, changes),
    eventAnswers: answersOf(target, changes),
    pinnedUntil: pinnedUntil(changes),
    failedChanges: failedOf(said),
  };
}

/** Whether it was deleted for everyone and that has left: a deletion that waits can still fail. */
export const isDeleted = (target: Target, said: readonly Change[]): boolean =>
  said.some((change) => LANDED.has(change.status) && deletes(change, target));

/** Statuses in which a change counts for nothing. */
export const FALLEN: ReadonlySet<MessageStatus> = new Set(['failed', 'cancelled', 'expired']);
/** Statuses in which WhatsApp has it. */
export const LANDED: ReadonlySet<MessageStatus> = new Set(['sent', 'delivered', 'read', 'played']);

const deletes = (change: Change, target: Target): boolean =>
  change.content.kind === 'delete' && mayDelete(change, target);

function failedOf(said: readonly Change[]): FailedChange[] {
  const own = said.filter(({ personId }) => personId === null);
  const last = new Map(own.map((change) => [change.content.kind, change]));
  return [...last.values()]
    .filter(({ status }) => status === 'failed' || status === 'expired')
    .map(({ messageId, content, failure, at }) => ({
      messageId,
      kind: content.kind as FailedChange['kind'],
      failure,
      at: new Date(at).toISOString(),
    }));
}

const isAuthor = ({ personId }: Change, { senderId }: Target): boolean => personId === senderId;

const mayDelete = (change: Change, target: Target): boolean =>
  isAuthor(change, target) || change.admin || change.personId === null;

/** Nobody edits what another wrote. */
function edited(target: Target, changes: readonly Change[]): Pick<Folded, 'content' | 'editedAt'> {
  const { content } = target;
  const last = changes.findLast((change) => change.content.kind === 'edit' && isAuthor(change, target));
  if (last?.content.kind !== 'edit' || content.kind === 'gone') return { content, editedAt: null };
  return { content: withWords(content, last.content.text), editedAt: new Date(last.at).toISOString() };
}

/** As it reads once it was edited: a text has a new text, a file under which one may write a new caption. */
export function withWords(content: MessageContent, words: string): MessageContent {
  switch (content.kind) {
    case 'text':
      return { ...content, text: words };
    case 'image':
    case 'video':
    case 'gif':
    case 'document': {
      const { caption: _, ...rest } = content;
      return words === '' ? rest : { ...rest, caption: words };
    }
    default:
      return content;
  }
}

/** The last word counts, whoever has it: WhatsApp has asked whether they may. */
function pinnedUntil(changes: readonly Change[]): string | null {
  const last = changes.findLast(({ content }) => content.kind === 'pin');
  if (last?.content.kind !== 'pin' || !last.content.pinned) return null;
  return new Date(Date.parse(last.at) + last.content.seconds * 1_000).toISOString();
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

/** The same for what is said to an event. */
function answersOf({ content }: Target, changes: readonly Change[]): EventAnswers | null {
  if (content.kind !== 'event') return null;
  const last = new Map<string, { answer: EventAnswer; change: Change }>();
  for (const change of changes)
    if (change.content.kind === 'answer' && change.content.answer)
      last.set(change.personId ?? '', { answer: change.content.answer, change });
  const all = [...last.values()];
  return EVENT_ANSWERS.map((answer) => ({
    answer,
    by: all.filter((each) => each.answer === answer).map(({ change }) => by(change)),
  }));
}
