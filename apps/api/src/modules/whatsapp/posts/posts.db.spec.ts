/** Statuses and channels from the engine to the API, with a worker whose engine is scripted. */
import { type MessageContent, type Post, UNSTORED_MEDIA } from '@trunkline/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../../../database/transaction.js';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { listChats } from '../chats/chat.list.repository.js';
import type { InboundPost } from '../engines/engine.js';
import type { ChannelJid, LidUser, PhoneDigits } from '../jid.js';
import { dueDownloads } from '../media/transfers/transfer.repository.js';
import { writeDownloads } from '../media/transfers/transfer.writer.js';
import { smallPicture } from '../testing/media.facts.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../testing/worker.world.js';
import { deleteOldPosts } from './post.repository.js';
import { PostService } from './post.service.js';

const CHANNEL = '120363900000000001@newsletter' as ChannelJid;
const ada = { phone: '9991112223' as PhoneDigits, lid: '4242' as LidUser };
const DAY = 24 * 3_600_000;

describe('what is posted for many', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  let id: string;
  let posts: PostService;
  beforeEach(async () => {
    ({ world, running } = await freshWorld(database));
    id = await world.link(running);
    posts = new PostService(database, world.clock);
  });
  afterEach(() => world.stop());

  const text = (words: string): MessageContent => ({ kind: 'text', text: words });
  const post = async (waId: string, content: MessageContent, more: Partial<InboundPost> = {}): Promise<void> => {
    const at = world.clock.now().getTime();
    const status = { place: 'status', author: ada, authorName: 'Ada', fromMe: false } as const;
    const session = await world.session(running, id);
    session.emit({ type: 'post', post: { ...status, waId, content, at, raw: Buffer.from('raw'), ...more } });
  };
  const waitingFiles = async () =>
    (await dueDownloads(database.pool, id, [], 10, world.clock.now())).map((due) => due.id);
  const inChannel = { place: CHANNEL, author: null, authorName: null };
  const page = { limit: 50 };
  const statuses = async () => (await posts.statuses(ctx, page)).items;
  const shows = (...words: string[]) =>
    world.until(async () => expect((await statuses()).map(({ content }) => content)).toEqual(words.map(text)));

  it('is told once, with who posted it, and is no chat, no message and unread nowhere', async () => {
    await post('A1', text('new shirts'));
    await post('A1', text('new shirts'));
    await post('A2', text('and shoes'), { at: world.clock.now().getTime() + 1_000 });
    await shows('and shoes', 'new shirts');
    const [, first] = await statuses();
    expect(first).toMatchObject({
      place: 'status',
      accountId: id,
      author: { phoneNumber: '+9991112223', lid: '4242', name: 'Ada' },
      fromMe: false,
    });
    const events = await world.events(id);
    expect(events.filter((event) => event === 'post.received')).toHaveLength(2);
    expect(events.filter((event) => /^(message|chat)\./.test(event))).toEqual([]);
    expect((await listChats(database.pool, ctx, page)).items).toEqual([]);
  });

  it('is over after a day, and then gone', async () => {
    await post('A1', text('new shirts'));
    await shows('new shirts');
    await post('OLD', text('of the day before yesterday'), { at: world.clock.now().getTime() - 2 * DAY });
    await post('A2', text('later'));
    await world.until(async () => expect(await statuses()).toHaveLength(2));
    await database.pool.query(`update mkt_wap_posts set expires_at = $1 where wa_id = 'A1'`, [world.clock.now()]);
    await shows('later');
    await deleteOldPosts(database, world.clock.now());
    const { rows } = await database.pool.query('select wa_id from mkt_wap_posts');
    expect(rows).toEqual([{ wa_id: 'A2' }]);
  });

  it('brings its file, which is fetched as those of messages are, told, shown with it, and goes with it', async () => {
    const picture = { kind: 'image' as const, mediaId: UNSTORED_MEDIA, caption: 'new shirts' };
    await post('A1', picture, { media: smallPicture });
    await post('A1', picture, { media: smallPicture });
    const [{ content, media: file }] = await world.until(async () => {
      const items = await statuses();
      expect(items).toHaveLength(1);
      return items as [Post];
    });
    expect(file).toMatchObject({ accountId: id, state: 'pending', mime: 'image/jpeg', size: 10 });
    expect(content).toEqual({ ...picture, mediaId: file!.id });
    expect(await waitingFiles()).toEqual([file!.id]);
    const fetched = { sha256: 'ab', size: 10, mime: 'image/png', width: 4, height: 3, seconds: null, thumbnail: null };
    const step = {
      accountId: id,
      id: file!.id,
      problem: null,
      attempts: 0,
      asked: 0,
      nextAttemptAt: null,
      file: fetched,
    };
    await transact(database.pool, (sql) => writeDownloads(sql, [{ ...step, state: 'ready' }], world.clock.now()));
    expect(await statuses()).toMatchObject([{ media: { id: file!.id, state: 'ready', mime: 'image/png' } }]);
    expect(await world.events(id)).toContain('media.updated');
    await post('A2', { kind: 'delete', targetWaId: 'A1' });
    await world.until(async () => expect(await statuses()).toEqual([]));
    expect((await database.pool.query('select from mkt_wap_media')).rowCount).toBe(0);
  });

  it('leaves its file to a message that was sent with it', async () => {
    const at = world.clock.now().getTime();
    for (const waId of ['A1', 'A2'])
      await post(waId, { kind: 'image', mediaId: UNSTORED_MEDIA }, { media: smallPicture, at });
    await world.until(async () => expect(await statuses()).toHaveLength(2));
    const kept = (await statuses())[0]!.media!.id;
    const fetched = { sha256: 'ab', size: 10, mime: 'image/png', width: 4, height: 3, seconds: null, thumbnail: null };
    const step = { accountId: id, id: kept, problem: null, attempts: 0, asked: 0, nextAttemptAt: null, file: fetched };
    await transact(database.pool, (sql) => writeDownloads(sql, [{ ...step, state: 'ready' }], world.clock.now()));
    const content = { kind: 'image' as const, mediaId: kept };
    await world.messages.send(ctx, { accountId: id, to: '+9991112229', content });
    world.clock.advance(DAY);
    await deleteOldPosts(database, world.clock.now());
    expect(await statuses()).toEqual([]);
    const { rows } = await database.pool.query('select id from mkt_wap_media');
    expect(rows).toEqual([{ id: kept }]);
  });

  it('is taken back by who posted it, and by nobody else', async () => {
    await post('A1', text('new shirts'));
    await shows('new shirts');
    const eve = { phone: null, lid: '666' as LidUser };
    await post('E1', { kind: 'delete', targetWaId: 'A1' }, { author: eve, authorName: 'Eve' });
    await post('E2', text('by Eve'), { author: eve, at: world.clock.now().getTime() + 1_000 });
    await shows('by Eve', 'new shirts');
    // Ada's phone may name her by LID alone.
    await post('A3', { kind: 'delete', targetWaId: 'A1' }, { author: { phone: null, lid: ada.lid } });
    await shows('by Eve');
    expect(await world.events(id)).toContain('post.removed');
  });

  it('stands in its channel, under the name of that, and reads as it was edited', async () => {
    await post('C1', text('We open at ten.'), inChannel);
    await post('C2', { kind: 'edit', targetWaId: 'C1', text: 'We open at nine.' }, inChannel);
    const session = await world.session(running, id);
    session.emit({ type: 'channel', channel: CHANNEL, name: 'Shop news' });
    const channel = await world.until(async () => {
      const { items } = await posts.channels(ctx, page);
      expect(items).toMatchObject([{ waId: CHANNEL, name: 'Shop news', lastPostAt: expect.any(String) }]);
      return items[0]!;
    });
    const { items } = await posts.inChannel(ctx, channel.id, page);
    expect(items).toMatchObject([{ place: 'channel', author: null, content: text('We open at nine.') }]);
    expect(await statuses()).toEqual([]);
    expect(await world.events(id)).toEqual(expect.arrayContaining(['post.updated', 'channel.updated']));
  });

  it('reads with the caption that it was given later, and keeps its file; an edit that changes nothing is not told', async () => {
    const picture = { kind: 'image' as const, mediaId: UNSTORED_MEDIA };
    await post('C1', { ...picture, caption: 'new shirts' }, { ...inChannel, media: smallPicture });
    await post('C2', picture, { ...inChannel, media: smallPicture });
    const edit = (targetWaId: string, words: string) =>
      post(targetWaId, { kind: 'edit', targetWaId, text: words }, inChannel);
    await edit('C1', 'new shirts, and shoes');
    await edit('C1', 'new shirts, and shoes');
    await edit('C2', 'and a hat');
    await edit('C2', '');
    await edit('C3', 'of nothing');
    const shown = async () => {
      const [channel] = (await posts.channels(ctx, page)).items;
      return (await posts.inChannel(ctx, channel!.id, page)).items.toSorted((a, b) => a.waId.localeCompare(b.waId));
    };
    const updates = async () => (await world.events(id)).filter((event) => event === 'post.updated');
    await world.until(async () => expect(await updates()).toHaveLength(3));
    const [first, second] = await shown();
    expect(first!.content).toEqual({ ...picture, mediaId: first!.media!.id, caption: 'new shirts, and shoes' });
    expect(second!.content).toEqual({ ...picture, mediaId: second!.media!.id });
  });

  it('is shown to who may see the account, and to nobody else', async () => {
    await post('A1', text('new shirts'));
    await post('C1', text('We open at nine.'), inChannel);
    await shows('new shirts');
    const [channel] = (await posts.channels(ctx, page)).items;
    const stranger = { ...systemCtx('spec'), accounts: [] };
    expect((await posts.statuses(stranger, page)).items).toEqual([]);
    expect((await posts.channels(stranger, page)).items).toEqual([]);
    await expect(posts.inChannel(stranger, channel!.id, page)).rejects.toMatchObject({ code: 'not_found' });
  });
});
