/**
 * Foreign clients and our engine write to each other over the sandbox, which only carries what they seal: whatever either
 * gets wrong about a kind, the other one shows.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from './account.js';
import { digestOf, MEDIA } from './cases/files.js';
import { ChildDriver } from './child.driver.js';
import type { Driver, Heard, Saying, Start } from './driver.js';
import { EngineDriver } from './engine.driver.js';
import { startSandboxProcess, type RunningSandbox } from './sandbox.child.js';
import { pnJid, Stage } from './stage.js';

const PATIENCE = { patienceMs: 4_000, keepAliveMs: 10_000 };
const MENTIONED = '9990000000009@s.whatsapp.net';

/** What says itself, with what the other side has to hear. */
const PLAIN: [Saying, Heard][] = [
  [
    { kind: 'text', text: '*now*, @9990000000009', mentions: [MENTIONED] },
    { kind: 'text', text: '*now*, @9990000000009', mentions: [MENTIONED] },
  ],
  [
    { kind: 'link', text: 'see https://a.example/', url: 'https://a.example/', title: 'A', description: 'of A' },
    {
      kind: 'text',
      text: 'see https://a.example/',
      preview: { url: 'https://a.example/', title: 'A', description: 'of A' },
    },
  ],
  [
    { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop' },
    { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop' },
  ],
  [
    { kind: 'contacts', contacts: [{ name: 'Bob', phone: '+9990000000002' }] },
    { kind: 'contacts', contacts: [{ name: 'Bob', phone: '+9990000000002' }] },
  ],
  [
    { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 },
    { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 },
  ],
  [
    { kind: 'poll', question: 'Which?', options: ['a', 'b', 'c'], selectable: 0 },
    { kind: 'poll', question: 'Which?', options: ['a', 'b', 'c'], selectable: 0 },
  ],
  [
    { kind: 'event', name: 'Party', startsAt: 1_800_000_000_000, place: 'Shop' },
    { kind: 'event', name: 'Party', startsAt: 1_800_000_000_000, place: 'Shop' },
  ],
  [
    { kind: 'disappearing', text: 'soon gone', seconds: 86_400 },
    { kind: 'text', text: 'soon gone', seconds: 86_400 },
  ],
];

/** What our engine reads and does not write. The last ones are of kinds that it does not know: kept, and said so. */
const READ_ONLY: [Saying, Heard][] = [
  [
    { kind: 'live_location', latitude: 1.5, longitude: 2.5 },
    { kind: 'live_location', latitude: 1.5, longitude: 2.5 },
  ],
  [
    { kind: 'choices', text: 'Which?', choices: ['a', 'b'] },
    { kind: 'choices', text: 'Which?', choices: ['a', 'b'] },
  ],
  [
    { kind: 'choice', text: 'a' },
    { kind: 'choice', text: 'a' },
  ],
  [
    { kind: 'order', text: 'Two shirts' },
    { kind: 'unsupported', type: 'orderMessage' },
  ],
  [
    { kind: 'product', text: 'A shirt' },
    { kind: 'unsupported', type: 'productMessage' },
  ],
];

describe.each(['baileys', 'zapo'] as const)('%s and our engine', (client) => {
  let sandbox: RunningSandbox;
  const drivers: Driver[] = [];
  let theirs: Account;
  let ours: Account;
  let sides: Record<'theirs' | 'ours', { from: Account; to: Account; jid: string }>;

  beforeAll(async () => {
    sandbox = await startSandboxProcess();
    const start: Start = { url: sandbox.url, rootKey: sandbox.rootKey, mediaCa: sandbox.mediaCa, ...PATIENCE };
    drivers.push(new ChildDriver(client, start), new EngineDriver(start));
    const linked = await Promise.all(drivers.map((driver) => new Stage(driver, sandbox.control).linked()));
    [theirs, ours] = linked.map(({ account }) => account) as [Account, Account];
    const [theirJid, ourJid] = linked.map(({ phone }) => pnJid(phone)) as [string, string];
    sides = { theirs: { from: theirs, to: ours, jid: ourJid }, ours: { from: ours, to: theirs, jid: theirJid } };
    await Promise.all(
      linked.map(({ account, phone }, index) => new Stage(drivers[index]!, sandbox.control).settled(account, phone)),
    );
  });
  afterAll(async () => {
    await Promise.all(drivers.map((driver) => driver.stop()));
    await sandbox?.stop();
  });

  it.each(READ_ONLY)('ours hears %j', async (saying, expected) => {
    const { from, to, jid } = sides.theirs;
    expect(await to.heard(await from.say(jid, saying))).toMatchObject(expected);
  });

  it('ours hears what is pinned', async () => {
    const about = await theirs.say(sides.theirs.jid, { kind: 'text', text: 'first' });
    await ours.heard(about);
    const pin = await theirs.say(sides.theirs.jid, { kind: 'pin', about });
    expect(await ours.heard(pin)).toMatchObject({ kind: 'pin', about, pinned: true, seconds: 86_400 });
  });

  it('ours hears how long messages of the chat live from now on', async () => {
    await theirs.say(sides.theirs.jid, { kind: 'timer', seconds: 604_800 });
    await ours.heard(null, ({ kind, seconds }) => kind === 'timer' && seconds === 604_800);
  });

  /** What zapo-js makes of votes on its own polls is among the exceptions. */
  it.runIf(client === 'baileys')('theirs opens the votes of ours', async () => {
    const options = ['now', 'later'];
    const poll = await theirs.say(sides.theirs.jid, { kind: 'poll', question: 'When?', options, selectable: 1 });
    await ours.heard(poll);
    const vote = await ours.say(sides.ours.jid, { kind: 'vote', about: poll, options: ['later'] });
    const opened = await theirs.heard(vote, (words) => words.options !== undefined);
    expect(opened).toMatchObject({ kind: 'vote', about: poll, options: ['later'] });
  });

  describe.each(['theirs', 'ours'] as const)('%s writes', (side) => {
    /** Says it, and gives its id and what the other side heard. */
    const said = async (saying: Saying): Promise<{ id: string; words: Heard }> => {
      const { from, to, jid } = sides[side];
      const id = await from.say(jid, saying);
      return { id, words: await to.heard(id) };
    };
    /** Something that the other side wrote. */
    const asked = async (): Promise<string> => {
      const { from, to, jid } = sides[side === 'ours' ? 'theirs' : 'ours'];
      const id = await from.say(jid, { kind: 'text', text: 'a question' });
      await to.heard(id);
      return id;
    };

    it.each(PLAIN)('%j', async (saying, expected) => {
      expect((await said(saying)).words).toMatchObject(expected);
    });

    it.each(Object.entries(MEDIA))('%s, which is fetched and opened', async (_, medium) => {
      const { id, words } = await said(medium);
      const { kind, viewOnce } = medium;
      expect(words).toMatchObject({ kind, ...(viewOnce && { viewOnce }) });
      expect(await sides[side].to.fetched(id)).toMatchObject(digestOf(medium));
    });

    it('an answer, a reaction and its end, and something forwarded', async () => {
      const about = await asked();
      const answer = await said({ kind: 'reply', text: 'an answer', about });
      expect(answer.words).toMatchObject({ text: 'an answer', quotes: about });
      for (const emoji of ['👍', '']) {
        expect((await said({ kind: 'reaction', emoji, about })).words).toMatchObject({
          kind: 'reaction',
          emoji,
          about,
        });
      }
      expect((await said({ kind: 'forward', about })).words).toMatchObject({ text: 'a question', score: 1 });
    });

    it('another caption', async () => {
      const of = MEDIA['a picture with a caption']!;
      const { id: about } = await said(of);
      const edit = await said({ kind: 'edit', text: 'look again', about, of });
      expect(edit.words).toMatchObject({ kind: 'edit', text: 'look again', about });
    });

    it('an edit and a deletion', async () => {
      const { id: about } = await said({ kind: 'text', text: 'first' });
      const edit = await said({ kind: 'edit', text: 'second', about });
      expect(edit.words).toMatchObject({ kind: 'edit', text: 'second', about });
      expect((await said({ kind: 'delete', about })).words).toMatchObject({ kind: 'delete', about });
    });
  });
});
