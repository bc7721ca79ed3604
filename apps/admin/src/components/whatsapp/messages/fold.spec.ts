import type { Message, MessageContent } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import { aMessage } from '../../../testing/builders';
import { fold } from './fold';

const newestFirst = (...messages: Message[]) => messages.toReversed();
const text = (waId: string, extra: Partial<Message> = {}) =>
  aMessage({ waId, content: { kind: 'text', text: waId }, ...extra });
const about = (content: MessageContent, extra: Partial<Message> = {}) => aMessage({ content, ...extra });
const by = (personId: string): Partial<Message> => ({ sender: { personId, phoneNumber: null, lid: null, name: null } });
const ours: Partial<Message> = { direction: 'out', sender: null };
const react = (emoji: string, who: Partial<Message>) => about({ kind: 'reaction', emoji, targetWaId: 'a' }, who);

it('shows texts oldest first', () => {
  expect(fold(newestFirst(text('a'), text('b'))).map(({ text }) => text)).toEqual(['a', 'b']);
});

it('counts reactions, one for each person, the last one of each', () => {
  const [bubble] = fold(
    newestFirst(text('a'), react('👍', by('ada')), react('👍', by('ben')), react('❤️', ours), react('❤️', by('ben'))),
  );
  expect(bubble?.reactions).toEqual([
    { emoji: '👍', count: 1, mine: false },
    { emoji: '❤️', count: 2, mine: true },
  ]);
});

it('takes a reaction back', () => {
  const [bubble] = fold(newestFirst(text('a'), react('👍', by('ada')), react('', by('ada'))));
  expect(bubble?.reactions).toEqual([]);
});

it('shows the last edit, and refuses that of somebody else', () => {
  const edit = (to: string, who: Partial<Message>) => about({ kind: 'edit', text: to, targetWaId: 'a' }, who);
  const [bubble] = fold(
    newestFirst(text('a', by('ada')), edit('b', by('ada')), edit('c', by('ada')), edit('x', by('eve'))),
  );
  expect(bubble).toMatchObject({ text: 'c', edited: true });
});

it('keeps the place of what was deleted and shows nothing of it', () => {
  const [bubble] = fold(newestFirst(text('a'), react('👍', by('ada')), about({ kind: 'delete', targetWaId: 'a' })));
  expect(bubble).toMatchObject({ text: null, deleted: true, reactions: [] });
});

it('waits for what is not loaded yet', () => {
  const edit = about({ kind: 'edit', text: 'b', targetWaId: 'a' });
  expect(fold([edit])).toEqual([]);
  expect(fold(newestFirst(text('a'), edit))).toMatchObject([{ text: 'b' }]);
});

it('shows that something of an unknown kind came', () => {
  expect(fold([about({ kind: 'unsupported', type: 'imageMessage' })])).toMatchObject([{ text: null, deleted: false }]);
});
