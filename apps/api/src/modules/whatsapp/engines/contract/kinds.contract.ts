import type { ContentOf, EventAnswer, MessageContent, MessageKind } from '@trunkline/contracts';
import type { Person, SandboxControl } from '@trunkline/sandbox';
import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundMessage, OutboundMessage } from '../engine.js';
import { byNumber, newMessageId, TestAccount, type ContractWorld } from '../testing/linked-account.js';

type Said = Parameters<SandboxControl['say']>[1]['content'];

export function kindsContract(world: ContractWorld): void {
  describe.each(['pn', 'lid'] as const)('with a person who writes by %s', (addressing) => {
    let account: TestAccount;
    let ada: Person;
    beforeEach(async () => {
      account = await TestAccount.online(world);
      ada = await world.control.createPerson({ name: 'Ada', addressing, rule: { kind: 'silent' } });
    });

    const said = (content: Said) => world.control.say(ada.number, { to: account.phone.number, content });
    const told = (id: string): Promise<InboundMessage> =>
      account.journal.until(
        () => account.journal.eventsOf('message').find(({ message }) => message.waId === id)?.message,
        `message ${id}`,
      );
    const sent = (content: MessageContent, more: Partial<OutboundMessage> = {}) =>
      account.sent({ waId: newMessageId(), to: byNumber(ada.number), content, ...more });
    const seen = (id: string) => world.control.waitForSeen(ada.number, (message) => message.id === id);

    it.each<[Said, MessageContent]>([
      [
        { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop' },
        { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop' },
      ],
      [
        { kind: 'live_location', latitude: 1, longitude: 2, caption: 'here' },
        { kind: 'live_location', latitude: 1, longitude: 2, caption: 'here' },
      ],
      [
        { kind: 'live_location', latitude: 1, longitude: 2, after: 60 },
        { kind: 'live_location', latitude: 1, longitude: 2, movedAfterSeconds: 60 },
      ],
      [
        { kind: 'contacts', contacts: [{ name: 'Bob', phone: '+9990000000002' }] },
        { kind: 'contacts', contacts: [{ name: 'Bob', phones: ['+9990000000002'] }] },
      ],
      [
        { kind: 'choices', style: 'buttons', text: 'Which?', choices: ['a', 'b'] },
        {
          kind: 'choices',
          text: 'Which?',
          choices: [
            { id: 'a', text: 'a' },
            { id: 'b', text: 'b' },
          ],
        },
      ],
      [
        { kind: 'choices', style: 'list', text: 'Which?', choices: ['a'] },
        { kind: 'choices', text: 'Which?', choices: [{ id: 'a', text: 'a' }] },
      ],
      [
        { kind: 'choice', text: 'a' },
        { kind: 'choice', id: 'a', text: 'a' },
      ],
      [
        { kind: 'event', name: 'Party', startsAt: 1_800_000_000_000, place: 'Shop' },
        {
          kind: 'event',
          name: 'Party',
          place: 'Shop',
          startsAt: '2027-01-15T08:00:00.000Z',
          endsAt: null,
          cancelled: false,
        },
      ],
      [
        { kind: 'newer', text: 'what is it?' },
        { kind: 'unsupported', type: 'field 9001' },
      ],
      [
        { kind: 'link', text: 'see https://a.example/', url: 'https://a.example/', title: 'A', description: 'of A' },
        {
          kind: 'text',
          text: 'see https://a.example/',
          preview: { url: 'https://a.example/', title: 'A', description: 'of A', thumbnail: expect.any(String) },
        },
      ],
      [
        // Of a link that does not stand in the text: it would lead elsewhere than it says.
        { kind: 'link', text: 'see https://a.example/', url: 'https://b.example/', title: 'A' },
        { kind: 'text', text: 'see https://a.example/' },
      ],
    ])('reads %j', async (content, expected) => {
      const { id } = await said(content);
      expect((await told(id)).content).toEqual(expected);
    });

    it('reads an edit and a deletion', async () => {
      const { id } = await world.control.write(ada.number, { to: account.phone.number, text: 'first' });
      const edit = await said({ kind: 'edit', messageId: id, text: 'second' });
      expect((await told(edit.id)).content).toEqual({ kind: 'edit', text: 'second', targetWaId: id });
      const removed = await said({ kind: 'delete', messageId: id });
      expect((await told(removed.id)).content).toEqual({ kind: 'delete', targetWaId: id });
    });

    it('reads what is pinned and what is kept', async () => {
      const { id: targetWaId } = await world.control.write(ada.number, { to: account.phone.number, text: 'first' });
      const heard = async (content: Said) => (await told((await said(content)).id)).content;
      const day = { kind: 'pin', messageId: targetWaId, seconds: 86_400 } as const;
      expect(await heard(day)).toEqual({ kind: 'pin', targetWaId, pinned: true, seconds: 86_400 });
      expect(await heard({ ...day, seconds: 0 })).toEqual({ kind: 'pin', targetWaId, pinned: false, seconds: 0 });
      const keep = { kind: 'keep', messageId: targetWaId, kept: true } as const;
      expect(await heard(keep)).toEqual({ kind: 'keep', targetWaId, kept: true });
      expect(await heard({ ...keep, kept: false })).toEqual({ kind: 'keep', targetWaId, kept: false });
    });

    it('reads how often it was forwarded and how long it lives, and obeys the chat’s timer', async () => {
      const forwarded = await said({ kind: 'forwarded', text: 'pass it on', score: 7 });
      expect(await told(forwarded.id)).toMatchObject({ forwardingScore: 7, content: { text: 'pass it on' } });
      const brief = await said({ kind: 'disappearing', text: 'soon gone', seconds: 86_400 });
      expect(await told(brief.id)).toMatchObject({ ephemeralSeconds: 86_400 });
      await said({ kind: 'timer', seconds: 604_800 });
      await said({ kind: 'timer', seconds: 0 });
      const timers = () => {
        const all = account.journal.eventsOf('ephemeral').map(({ seconds, chat }) => ({ seconds, chat }));
        return all.length === 2 ? all : undefined;
      };
      expect(await account.journal.until(timers, 'two timers')).toMatchObject([
        { seconds: 604_800, chat: { lid: ada.lid } },
        { seconds: null },
      ]);
    });

    it.each<[MessageContent, object]>([
      [
        { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop', address: 'Street 1' },
        { kind: 'location', detail: { latitude: -6.25, longitude: 106.5, name: 'Shop', address: 'Street 1' } },
      ],
      [
        { kind: 'contacts', contacts: [{ name: 'Bob', phones: ['+9990000000002'] }] },
        { kind: 'contacts', detail: { contacts: [{ name: 'Bob', phones: ['+9990000000002'] }] } },
      ],
      [
        {
          kind: 'contacts',
          contacts: [
            { name: 'A', phones: ['1'] },
            { name: 'B', phones: ['2'] },
          ],
        },
        {
          kind: 'contacts',
          detail: {
            contacts: [
              { name: 'A', phones: ['1'] },
              { name: 'B', phones: ['2'] },
            ],
          },
        },
      ],
      [
        {
          kind: 'text',
          text: 'see https://a.example/',
          preview: { url: 'https://a.example/', title: 'A', description: 'of A', thumbnail: 'AAAA' },
        },
        {
          kind: 'text',
          detail: { preview: { url: 'https://a.example/', title: 'A', description: 'of A', hasThumbnail: true } },
        },
      ],
      [
        {
          kind: 'event',
          name: 'Party',
          place: 'Shop',
          startsAt: '2027-01-15T08:00:00.000Z',
          endsAt: '2027-01-15T10:00:00.000Z',
          cancelled: false,
        },
        {
          kind: 'event',
          text: 'Party',
          detail: { startsAt: 1_800_000_000_000, endsAt: 1_800_007_200_000, place: 'Shop' },
        },
      ],
      [
        { kind: 'text', text: '@9990000000009', mentions: [{ phoneNumber: '+9990000000009', lid: null }] },
        { kind: 'text', detail: { mentions: ['9990000000009@s.whatsapp.net'] } },
      ],
    ])('sends %j', async (content, expected) => {
      expect(await seen(await sent(content))).toMatchObject(expected);
    });

    it('sends how often it was forwarded, how long it lives, and what it answers', async () => {
      const { id } = await world.control.write(ada.number, { to: account.phone.number, text: 'a question' });
      const { content, sender } = await told(id);
      const quoted: NonNullable<OutboundMessage['quoted']> = { waId: id, sender, fromMe: false, content };
      const more = { forwardingScore: 3, ephemeralSeconds: 86_400, quoted };
      const answer = await sent({ kind: 'location', latitude: 1, longitude: 2 }, more);
      expect((await seen(answer)).detail).toMatchObject({ forwardingScore: 3, expiration: 86_400, quotes: id });
    });

    it('edits, deletes and reacts', async () => {
      const id = await sent({ kind: 'text', text: 'first' });
      await seen(id);
      expect(await seen(await sent({ kind: 'edit', text: 'second', targetWaId: id }))).toMatchObject({
        kind: 'edit',
        text: 'second',
        target: id,
      });
      expect(await seen(await sent({ kind: 'delete', targetWaId: id }))).toMatchObject({ kind: 'revoke', target: id });
    });

    const vote = (options: string[], targetWaId: string): ContentOf<'vote'> => ({ kind: 'vote', targetWaId, options });
    const opened = (id: string) =>
      account.journal.until(
        () => account.journal.eventsOf('message-read').find(({ waId }) => waId === id)?.content,
        `vote ${id}`,
      );

    it('makes a poll, and opens the votes on it', async () => {
      const poll = await sent({ kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 });
      expect(await seen(poll)).toMatchObject({ kind: 'poll', text: 'When?', detail: { options: ['now', 'later'] } });
      const { id } = await said({ kind: 'vote', messageId: poll, options: ['later'] });
      expect((await told(id)).content).toMatchObject({ kind: 'vote', targetWaId: poll });
      expect(await opened(id)).toEqual(vote(['later'], poll));
      await account.crashed();
      await account.login();
      const again = await said({ kind: 'vote', messageId: poll, options: [] });
      expect(await opened(again.id)).toEqual(vote([], poll));
    });

    it('votes on the poll of another, who can open it', async () => {
      const { id } = await said({ kind: 'poll', question: 'When?', options: ['now', 'later'] });
      const poll = await told(id);
      expect(poll.content).toEqual({ kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 });
      const target = { sender: poll.sender, fromMe: false };
      const ballot = await sent(vote(['now'], id), { to: poll.chat, target });
      expect(await seen(ballot)).toMatchObject({ kind: 'vote', target: id, detail: { options: ['now'] } });
    });

    const soon = new Date('2027-01-15T08:00:00Z');
    const answer = (word: EventAnswer, targetWaId: string): ContentOf<'answer'> => ({
      kind: 'answer',
      targetWaId,
      answer: word,
    });

    it('tells of an event, and opens the answers to it', async () => {
      const content = { name: 'Opening', startsAt: soon.toISOString(), endsAt: null, cancelled: false };
      const event = await sent({ kind: 'event', ...content });
      expect(await seen(event)).toMatchObject({ kind: 'event', text: 'Opening' });
      const { id } = await said({ kind: 'answer', messageId: event, answer: 'maybe' });
      expect((await told(id)).content).toMatchObject({ kind: 'answer', targetWaId: event });
      expect(await opened(id)).toEqual(answer('maybe', event));
    });

    it('answers the event of another, who can open it', async () => {
      const { id } = await said({ kind: 'event', name: 'Opening', startsAt: soon.getTime() });
      const event = await told(id);
      const target = { sender: event.sender, fromMe: false };
      const reply = await sent(answer('going', id), { to: event.chat, target });
      expect(await seen(reply)).toMatchObject({ kind: 'answer', target: id, detail: { answer: 'going' } });
    });
  });

  it('has no name for a kind that cannot be sent', async () => {
    const account = await TestAccount.online(world);
    const kinds: MessageKind[] = ['call', 'choices', 'gone'];
    const contents = kinds.map((kind) => ({ kind }) as MessageContent);
    for (const content of contents) {
      const message = { waId: newMessageId(), to: byNumber('9990000000001'), content };
      expect(await account.session.send(message)).toMatchObject({ code: 'unsupported', certain: true });
    }
  });
}
