/** What a client says to a person, by kind, and what the person's phone makes of it. */
import type { Person, SeenMessage } from '@trunkline/sandbox';
import { expect } from 'vitest';
import type { Saying } from '../driver.js';
import { lidJid, pnJid, type Case, type Linked, type Stage } from '../stage.js';

interface Scene extends Linked {
  ada: Person;
  /** Ada, as the chat names her. */
  to: string;
}

async function scene(stage: Stage, addressing: 'pn' | 'lid' = 'pn'): Promise<Scene> {
  const [linked, ada] = [await stage.resident(), await stage.person(addressing)];
  return { ...linked, ada, to: addressing === 'pn' ? pnJid(ada) : lidJid(ada) };
}

/** Says it and gives what Ada saw. */
async function shown(stage: Stage, { account, ada, to }: Scene, saying: Saying): Promise<SeenMessage> {
  return stage.seen(ada, await account.say(to, saying));
}

/** Something that Ada wrote, which the client has heard. */
async function written(stage: Stage, { account, phone, ada }: Scene, text: string): Promise<string> {
  const { id } = await stage.control.write(ada.number, { to: phone.number, text });
  await account.heard(id);
  return id;
}

/** Something that the client wrote, which Ada has seen. */
async function told(stage: Stage, scene: Scene, text: string): Promise<string> {
  const { account, ada, to } = scene;
  const id = await account.say(to, { kind: 'text', text });
  await stage.seen(ada, id);
  return id;
}

const OTHER = '9990000000009';

const plain: [string, Saying, object][] = [
  [
    'a text with a mention and marks',
    { kind: 'text', text: `*now*, @${OTHER}`, mentions: [`${OTHER}@s.whatsapp.net`] },
    { kind: 'text', text: `*now*, @${OTHER}`, detail: { mentions: [`${OTHER}@s.whatsapp.net`] } },
  ],
  [
    'a link with what its page says of itself',
    { kind: 'link', text: 'see https://a.example/', url: 'https://a.example/', title: 'A', description: 'of A' },
    { kind: 'text', detail: { preview: { url: 'https://a.example/', title: 'A', description: 'of A' } } },
  ],
  [
    'a place',
    { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop' },
    { kind: 'location', detail: { latitude: -6.25, longitude: 106.5, name: 'Shop' } },
  ],
  [
    'contact cards',
    {
      kind: 'contacts',
      contacts: [
        { name: 'Bob', phone: '+9990000000002' },
        { name: 'Eve', phone: '+9990000000003' },
      ],
    },
    {
      kind: 'contacts',
      detail: {
        contacts: [
          { name: 'Bob', phones: ['+9990000000002'] },
          { name: 'Eve', phones: ['+9990000000003'] },
        ],
      },
    },
  ],
  [
    'an event',
    { kind: 'event', name: 'Party', startsAt: 1_800_000_000_000, place: 'Shop' },
    { kind: 'event', text: 'Party', detail: { startsAt: 1_800_000_000_000, place: 'Shop' } },
  ],
  [
    'a text that disappears',
    { kind: 'disappearing', text: 'soon gone', seconds: 86_400 },
    { kind: 'text', text: 'soon gone', detail: { expiration: 86_400 } },
  ],
];

export const said: Case[] = [
  ...plain.map(([name, saying, seen]): Case => ({
    name: `says ${name}`,
    run: async (stage) => expect(await shown(stage, await scene(stage), saying)).toMatchObject(seen),
  })),
  {
    name: 'answers a message',
    async run(stage) {
      const each = await scene(stage);
      const about = await written(stage, each, 'a question');
      const answer = await shown(stage, each, { kind: 'reply', text: 'an answer', about });
      expect(answer).toMatchObject({ text: 'an answer', detail: { quotes: about } });
    },
  },
  {
    name: 'reacts, and takes it back',
    async run(stage) {
      const each = await scene(stage);
      const about = await written(stage, each, 'do you like it?');
      for (const emoji of ['👍', '']) {
        const reaction = await shown(stage, each, { kind: 'reaction', emoji, about });
        expect(reaction).toMatchObject({ kind: 'reaction', text: emoji, target: about });
      }
    },
  },
  {
    name: 'edits a message, and deletes it',
    async run(stage) {
      const each = await scene(stage);
      const about = await told(stage, each, 'first');
      const edited = await shown(stage, each, { kind: 'edit', text: 'second', about });
      expect(edited).toMatchObject({ kind: 'edit', text: 'second', target: about });
      const deleted = await shown(stage, each, { kind: 'delete', about });
      expect(deleted).toMatchObject({ kind: 'revoke', target: about });
    },
  },
  {
    name: 'forwards what was forwarded to it, and counts',
    async run(stage) {
      const each = await scene(stage);
      const content = { kind: 'forwarded', text: 'pass it on', score: 3 } as const;
      const { id } = await stage.control.say(each.ada.number, { to: each.phone.number, content });
      await each.account.heard(id);
      const forwarded = await shown(stage, each, { kind: 'forward', about: id });
      expect(forwarded).toMatchObject({ text: 'pass it on', detail: { forwardingScore: 4 } });
    },
  },
  ...(['pn', 'lid'] as const).flatMap((addressing) => votes(addressing)),
];

function votes(addressing: 'pn' | 'lid'): Case[] {
  const named = addressing === 'pn' ? 'by number' : 'by LID';
  return [
    {
      name: `makes a poll and opens the votes of somebody named ${named}`,
      async run(stage) {
        const each = await scene(stage, addressing);
        const options = ['now', 'later', 'never'];
        const poll = await shown(stage, each, { kind: 'poll', question: 'When?', options, selectable: 1 });
        expect(poll).toMatchObject({ kind: 'poll', text: 'When?', detail: { options, selectable: 1 } });
        await opened(stage, each, poll.id, ['later']);
      },
    },
    {
      name: `votes in the poll of somebody named ${named}`,
      async run(stage) {
        const each = await scene(stage, addressing);
        const content = { kind: 'poll', question: 'When?', options: ['now', 'later'] } as const;
        const { id } = await stage.control.say(each.ada.number, {
          to: each.phone.number,
          content: { ...content, options: [...content.options] },
        });
        await each.account.heard(id);
        const vote = await shown(stage, each, { kind: 'vote', about: id, options: ['now'] });
        expect(vote).toMatchObject({ kind: 'vote', target: id, detail: { options: ['now'] } });
      },
    },
  ];
}

async function opened(
  stage: Stage,
  { account, ada, phone }: Scene,
  messageId: string,
  options: string[],
): Promise<void> {
  const content = { kind: 'vote', messageId, options } as const;
  const { id } = await stage.control.say(ada.number, { to: phone.number, content });
  const vote = await account.heard(id, (words) => Array.isArray(words.options), stage.boundMs);
  expect(vote).toMatchObject({ kind: 'vote', about: messageId, options });
}
