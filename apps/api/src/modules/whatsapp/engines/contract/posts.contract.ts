import { createHash, randomBytes } from 'node:crypto';
import type { MessageContent } from '@trunkline/contracts';
import type { Person } from '@trunkline/sandbox';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineMedia, InboundPost } from '../engine.js';
import { TestAccount, type ContractWorld } from '../testing/linked-account.js';

/** `kind: words`, of what has any. */
function wordsOf(content: MessageContent): string {
  const { text, caption, targetWaId } = content as { text?: string; caption?: string; targetWaId?: string };
  return `${content.kind}: ${text ?? caption ?? targetWaId}`;
}

export function postsContract(world: ContractWorld): void {
  describe('what is posted for many', () => {
    let account: TestAccount;
    beforeEach(async () => {
      account = await TestAccount.online(world);
    });

    const posts = (): InboundPost[] => account.journal.eventsOf('post').map(({ post }) => post);
    const told = (waId: string): Promise<InboundPost> =>
      account.journal.until(() => posts().find((post) => post.waId === waId), `post ${waId}`);

    const bytes = randomBytes(40_000);
    const file = { kind: 'image' as const, mime: 'image/jpeg', data: bytes.toString('base64'), caption: 'new shirts' };
    const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

    async function download({ reference }: EngineMedia) {
      const chunks: Uint8Array[] = [];
      const sink = async (source: AsyncIterable<Uint8Array>) => {
        for await (const chunk of source) chunks.push(chunk);
      };
      const options = { most: 1_000_000, signal: new AbortController().signal };
      return { ...(await account.session.media!.download(reference, sink, options)), chunks };
    }

    async function fetched({ media }: InboundPost): Promise<string> {
      const { chunks, ...result } = await download(media!);
      expect(result).toEqual({ ok: true });
      return sha256(Buffer.concat(chunks));
    }

    describe.each(['pn', 'lid'] as const)('a status of somebody named by %s', (addressing) => {
      let ada: Person;
      beforeEach(async () => {
        ada = await world.control.createPerson({ name: 'Ada', addressing, rule: { kind: 'silent' } });
      });
      const post = (what: { text: string } | { remove: string } | { file: typeof file }) =>
        world.control.postStatus(ada.number, { to: [account.phone.number], ...what });

      it('is told with who posted it, each time under the same key, and never as a message', async () => {
        const [first, second] = [await post({ text: 'new shirts' }), await post({ text: 'and shoes' })];
        expect(await told(first.id)).toMatchObject({
          place: 'status',
          author: { lid: ada.lid },
          authorName: 'Ada',
          fromMe: false,
          content: { kind: 'text', text: 'new shirts' },
        });
        expect(await told(second.id)).toMatchObject({ content: { text: 'and shoes' } });
        expect(account.journal.eventsOf('message')).toEqual([]);
      });

      it('brings its picture', async () => {
        const { id } = await post({ file });
        const status = await told(id);
        expect(status).toMatchObject({ author: { lid: ada.lid }, content: { kind: 'image', caption: 'new shirts' } });
        expect(await fetched(status)).toEqual(sha256(bytes));
        expect(account.journal.eventsOf('message')).toEqual([]);
      });

      it('is taken back', async () => {
        const { id } = await post({ text: 'new shirts' });
        const removed = await post({ remove: id });
        expect(await told(removed.id)).toMatchObject({ content: { kind: 'delete', targetWaId: id } });
      });
    });

    it('stands in a channel with its picture, which lies there in clear and is checked', async () => {
      const channel = await world.control.createChannel({ name: 'Shop news', followers: [account.phone.number] });
      const { id } = await world.control.postInChannel(channel.id, { file });
      const post = await told(id);
      expect(post).toMatchObject({ content: { kind: 'image' }, media: { reference: { key: null } } });
      expect(await fetched(post)).toEqual(sha256(bytes));
      const claimed = { ...post.media!.reference, sha256: randomBytes(32).toString('base64') };
      expect(await download({ ...post.media!, reference: claimed })).toMatchObject({ ok: false, code: 'corrupt' });
    });

    it('reads in a channel as it was edited, also back again, and is taken back', async () => {
      const channel = await world.control.createChannel({ name: 'Shop news', followers: [account.phone.number] });
      const post = (what: Parameters<typeof world.control.postInChannel>[1]) =>
        world.control.postInChannel(channel.id, what);
      const words = (id: string) => posts().flatMap(({ waId, content }) => (waId === id ? wordsOf(content) : []));
      const first = await post({ text: 'We open at nine.' });
      for (const text of ['We open at ten.', 'We open at nine.']) await post({ edit: first.id, text });
      const picture = await post({ file });
      await post({ edit: picture.id, file: { ...file, caption: 'new shirts, and shoes' } });
      await post({ remove: first.id });
      await account.journal.until(() => posts().find(({ content }) => content.kind === 'delete'), 'the deletion');
      // Each edit comes with the whole of it too, for whom had not got it.
      expect(words(first.id)).toEqual([
        'text: We open at nine.',
        'text: We open at ten.',
        'edit: We open at ten.',
        'text: We open at nine.',
        'edit: We open at nine.',
        `delete: ${first.id}`,
      ]);
      expect(words(picture.id)).toEqual([
        'image: new shirts',
        'image: new shirts, and shoes',
        'edit: new shirts, and shoes',
      ]);
      const edits = posts().filter(({ content }) => content.kind === 'edit');
      expect(edits.every(({ place, media }) => place === channel.id && media === undefined)).toBe(true);
    });

    it('stands in a channel, also when the same is said again, and the channel says what it is called', async () => {
      const channel = await world.control.createChannel({ name: 'Shop news', followers: [account.phone.number] });
      const [first, second] = [
        await world.control.postInChannel(channel.id, { text: 'We open at nine.' }),
        await world.control.postInChannel(channel.id, { text: 'We open at nine.' }),
      ];
      for (const { id } of [first, second])
        expect(await told(id)).toMatchObject({
          place: channel.id,
          author: null,
          fromMe: false,
          content: { kind: 'text', text: 'We open at nine.' },
        });
      const named = await account.journal.until(() => account.journal.eventsOf('channel')[0], 'the name');
      expect(named).toEqual({ type: 'channel', channel: channel.id, name: 'Shop news' });
      expect(account.journal.eventsOf('message')).toEqual([]);
    });
  });
}
