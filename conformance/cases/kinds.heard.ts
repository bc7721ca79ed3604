/** What a person says to a client, by kind, and what the client tells of it. */
import type { SandboxControl } from '@trunkline/sandbox';
import { expect } from 'vitest';
import type { Heard } from '../driver.js';
import { isPerson, pnJid, type Case } from '../stage.js';

type Content = Parameters<SandboxControl['say']>[1]['content'];

const plain: [string, Content, Heard][] = [
  [
    'a link with what its page says of itself',
    { kind: 'link', text: 'see https://a.example/', url: 'https://a.example/', title: 'A', description: 'of A' },
    { kind: 'text', preview: { url: 'https://a.example/', title: 'A', description: 'of A' } },
  ],
  [
    'a place',
    { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop' },
    { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop' },
  ],
  [
    'where somebody is',
    { kind: 'live_location', latitude: 1.5, longitude: 2.5, caption: 'here' },
    { kind: 'live_location', latitude: 1.5, longitude: 2.5, caption: 'here' },
  ],
  [
    'a contact card',
    { kind: 'contacts', contacts: [{ name: 'Bob', phone: '+9990000000002' }] },
    { kind: 'contacts', contacts: [{ name: 'Bob', phone: '+9990000000002' }] },
  ],
  [
    'a poll',
    { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 2 },
    { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 2 },
  ],
  [
    'how often a text was forwarded',
    { kind: 'forwarded', text: 'pass it on', score: 7 },
    { kind: 'text', text: 'pass it on', score: 7 },
  ],
  [
    'how long a text lives',
    { kind: 'disappearing', text: 'soon gone', seconds: 86_400 },
    { kind: 'text', text: 'soon gone', seconds: 86_400 },
  ],
  [
    'buttons',
    { kind: 'choices', style: 'buttons', text: 'Which?', choices: ['a', 'b'] },
    { kind: 'choices', text: 'Which?', choices: ['a', 'b'] },
  ],
  [
    'a list',
    { kind: 'choices', style: 'list', text: 'Which?', choices: ['a', 'b'] },
    { kind: 'choices', text: 'Which?', choices: ['a', 'b'] },
  ],
  ['what was chosen', { kind: 'choice', text: 'a' }, { kind: 'choice', text: 'a' }],
  [
    'an event',
    { kind: 'event', name: 'Party', startsAt: 1_800_000_000_000, place: 'Shop' },
    { kind: 'event', name: 'Party', startsAt: 1_800_000_000_000, place: 'Shop' },
  ],
];

export const heard: Case[] = [
  ...plain.map(([name, content, expected]): Case => ({
    name: `hears ${name}`,
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      const { id } = await stage.control.say(ada.number, { to: phone.number, content });
      expect(await account.heard(id)).toMatchObject(expected);
    },
  })),
  {
    name: 'hears an answer and a reaction',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      const about = await account.say(pnJid(ada), { kind: 'text', text: 'a question' });
      await stage.seen(ada, about);
      const answer = await stage.control.write(ada.number, { to: phone.number, text: 'an answer', quote: about });
      expect(await account.heard(answer.id)).toMatchObject({ kind: 'text', text: 'an answer', quotes: about });
      for (const emoji of ['👍', '']) {
        const reaction = await stage.control.react(ada.number, { messageId: about, emoji });
        expect(await account.heard(reaction.id)).toMatchObject({ kind: 'reaction', emoji, about });
      }
    },
  },
  {
    name: 'opens the votes in the poll of another',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      const say = (content: Content) => stage.control.say(ada.number, { to: phone.number, content });
      const { id: messageId } = await say({ kind: 'poll', question: 'When?', options: ['now', 'later'] });
      await account.heard(messageId);
      const { id } = await say({ kind: 'vote', messageId, options: ['later'] });
      const vote = await account.heard(id, (words) => Array.isArray(words.options));
      expect(vote).toMatchObject({ kind: 'vote', about: messageId, options: ['later'] });
    },
  },
  {
    name: 'hears an edit and a deletion',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      const { id: about } = await stage.control.write(ada.number, { to: phone.number, text: 'first' });
      const say = (content: Content) => stage.control.say(ada.number, { to: phone.number, content });
      const edit = await say({ kind: 'edit', messageId: about, text: 'second' });
      expect(await account.heard(edit.id)).toMatchObject({ kind: 'edit', about, text: 'second' });
      const removed = await say({ kind: 'delete', messageId: about });
      expect(await account.heard(removed.id)).toMatchObject({ kind: 'delete', about });
    },
  },
  {
    name: 'hears that a message was pinned',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      const { id: about } = await stage.control.write(ada.number, { to: phone.number, text: 'first' });
      const content = { kind: 'pin', messageId: about, seconds: 86_400 } as const;
      const { id } = await stage.control.say(ada.number, { to: phone.number, content });
      expect(await account.heard(id)).toMatchObject({ kind: 'pin', about, pinned: true });
    },
  },
  {
    name: 'hears how long messages of a chat live from now on',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      // A time of its own: other cases talk to the same account.
      const content = { kind: 'timer', seconds: 604_801 } as const;
      await stage.control.say(ada.number, { to: phone.number, content });
      const timer = await account.heard(null, ({ kind, seconds }) => kind === 'timer' && seconds === 604_801);
      expect(timer).toBeDefined();
    },
  },
  {
    name: 'hears a status, and that it was taken back',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      const to = [phone.number];
      const { id } = await stage.control.postStatus(ada.number, { to, text: 'new shirts' });
      expect(await account.heard(id, undefined, stage.boundMs)).toMatchObject({ kind: 'text', text: 'new shirts' });
      const second = await stage.control.postStatus(ada.number, { to, text: 'and shoes' });
      expect(await account.heard(second.id)).toMatchObject({ text: 'and shoes' });
      const removed = await stage.control.postStatus(ada.number, { to, remove: id });
      expect(await account.heard(removed.id)).toMatchObject({ kind: 'delete', about: id });
    },
  },
  {
    name: 'hears what is posted in a channel',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const channel = await stage.control.createChannel({ name: 'Shop news', followers: [phone.number] });
      const { id } = await stage.control.postInChannel(channel.id, { text: 'We open at nine.' });
      expect(await account.heard(id, undefined, stage.boundMs)).toMatchObject({ text: 'We open at nine.' });
    },
  },
  {
    name: 'hears that what is posted in a channel was edited',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const channel = await stage.control.createChannel({ name: 'Shop news', followers: [phone.number] });
      const { id } = await stage.control.postInChannel(channel.id, { text: 'We open at nine.' });
      await account.heard(id, undefined, stage.boundMs);
      await stage.control.postInChannel(channel.id, { edit: id, text: 'We open at ten.' });
      await account.heard(id, ({ text }) => text === 'We open at ten.', stage.boundMs);
    },
  },
  {
    name: 'hears that somebody calls',
    async run(stage) {
      const { account, phone } = await stage.resident();
      const ada = await stage.person();
      const { callId } = await stage.control.call(ada.number, { to: phone.number, video: true });
      const call = await account.next('call', { id: callId, status: 'offer' });
      expect(call).toMatchObject({ video: true });
      expect(isPerson(ada, call.from)).toBe(true);
    },
  },
  {
    name: 'declines a call',
    async run(stage) {
      const { account, phone } = await stage.linked();
      const ada = await stage.person();
      const { callId } = await stage.control.call(ada.number, { to: phone.number });
      const { from } = await account.next('call', { id: callId });
      await account.reject(callId, from);
      const answered = (all: { callId: string; how: string }[]): boolean =>
        all.some((each) => each.callId === callId && each.how === 'reject');
      await stage.control.until(() => stage.control.answered(ada.number), answered);
    },
  },
];
