import type { EventAnswer, MessageContent } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { type Change, foldChanges, isDeleted } from './changes.js';

const ada = { personId: 'ada', name: 'Ada' };
const bob = { personId: 'bob', name: 'Bob' };
const us = { personId: null, name: null };

const change = (by: typeof ada | typeof us, content: MessageContent, admin = false): Change => ({
  ...by,
  messageId: 'c',
  content,
  admin,
  at: '2026-11-25T08:00:00+00:00',
  status: 'delivered',
  failure: null,
});
const unsent = (content: MessageContent, status: Change['status']): Change => ({ ...change(us, content), status });
const text: MessageContent = { kind: 'text', text: 'hi' };
const poll: MessageContent = { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 };
const edit = (value: string): MessageContent => ({ kind: 'edit', text: value, targetWaId: 'T' });
const react = (emoji: string): MessageContent => ({ kind: 'reaction', emoji, targetWaId: 'T' });
const remove: MessageContent = { kind: 'delete', targetWaId: 'T' };
const vote = (options: string[] | null): MessageContent => ({ kind: 'vote', options, targetWaId: 'T' });
const byAda = { content: text, senderId: 'ada' };

it('reads as its author last wrote it, and nobody else edits it', () => {
  const folded = foldChanges(byAda, [change(ada, edit('1')), change(ada, edit('2')), change(bob, edit('forged'))]);
  expect(folded).toMatchObject({ content: { kind: 'text', text: '2' }, editedAt: '2026-11-25T08:00:00.000Z' });
  expect(foldChanges(byAda, [change(us, edit('forged'))])).toMatchObject({ content: text, editedAt: null });
});

it('is gone when its author, an admin or this account deleted it, and not by the word of another member', () => {
  const gone = { content: { kind: 'gone', why: 'deleted' }, reactions: [] };
  expect(foldChanges(byAda, [change(bob, react('👍')), change(ada, remove)])).toMatchObject(gone);
  expect(foldChanges(byAda, [change(bob, remove, true)])).toMatchObject(gone);
  expect(foldChanges(byAda, [change(us, remove)])).toMatchObject(gone);
  expect(foldChanges(byAda, [change(bob, remove)]).content).toEqual(text);
  expect(foldChanges({ content: text, senderId: null }, [change(us, remove)])).toMatchObject(gone);
});

it('has one reaction of each person, the last, until it is taken back', () => {
  const given = [change(ada, react('👍')), change(bob, react('👍')), change(us, react('🎉')), change(ada, react('🎉'))];
  expect(foldChanges(byAda, given).reactions).toEqual([
    { emoji: '👍', by: [bob] },
    { emoji: '🎉', by: [us, ada] },
  ]);
  expect(foldChanges(byAda, [...given, change(bob, react(''))]).reactions).toEqual([{ emoji: '🎉', by: [us, ada] }]);
});

it('counts the latest vote of each, and one that does not open counts for nothing', () => {
  const votes = [
    change(ada, vote(['now'])),
    change(bob, vote(['now'])),
    change(ada, vote(['later'])),
    change(us, vote(null)),
  ];
  expect(foldChanges({ content: poll, senderId: null }, votes).pollResults).toEqual([
    { option: 'now', by: [bob] },
    { option: 'later', by: [ada] },
  ]);
  expect(foldChanges({ content: poll, senderId: null }, [...votes, change(ada, vote([]))]).pollResults?.[1]).toEqual({
    option: 'later',
    by: [],
  });
  expect(foldChanges(byAda, votes).pollResults).toBeNull();
});

it('counts the latest answer of each to an event, in the order of the answers', () => {
  const event: MessageContent = { kind: 'event', name: 'Opening', startsAt: null, endsAt: null, cancelled: false };
  const answer = (word: EventAnswer | null): MessageContent => ({ kind: 'answer', answer: word, targetWaId: 'T' });
  const said = [
    change(ada, answer('maybe')),
    change(bob, answer('going')),
    change(ada, answer('going')),
    change(us, answer('not_going')),
    change(bob, answer(null)),
  ];
  expect(foldChanges({ content: event, senderId: 'ada' }, said).eventAnswers).toEqual([
    { answer: 'going', by: [ada, bob] },
    { answer: 'not_going', by: [us] },
    { answer: 'maybe', by: [] },
  ]);
  expect(foldChanges(byAda, said).eventAnswers).toBeNull();
});

it('reads as before when what was said about it failed, and tells that until another of its kind takes its place', () => {
  const own = { content: text, senderId: null };
  const failed = unsent(edit('2'), 'failed');
  const told = [{ messageId: 'c', kind: 'edit', failure: null, at: '2026-11-25T08:00:00.000Z' }];
  const gone = unsent(remove, 'expired');
  expect(foldChanges(own, [change(us, edit('1')), failed, gone])).toMatchObject({
    content: { text: '1' },
    failedChanges: [told[0], { kind: 'delete' }],
  });
  expect(foldChanges(own, [failed, change(us, edit('3'))])).toMatchObject({
    content: { text: '3' },
    failedChanges: [],
  });
  expect(foldChanges(own, [unsent(react('👍'), 'cancelled')])).toMatchObject({ reactions: [], failedChanges: [] });
});

it('is deleted for good only when the deletion has left', () => {
  const own = { content: text, senderId: null };
  for (const status of ['queued', 'sending', 'unknown', 'failed'] as const)
    expect(isDeleted(own, [unsent(remove, status)])).toBe(false);
  expect(foldChanges(own, [unsent(remove, 'sending')]).content.kind).toBe('gone');
  expect(isDeleted(own, [unsent(remove, 'sent')])).toBe(true);
  expect(isDeleted(byAda, [change(bob, remove)])).toBe(false);
});
