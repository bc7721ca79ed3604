/** Files, both ways, and what happens when the hosts fail. */
import { createHash, randomBytes } from 'node:crypto';
import type { MediaContent, MediaKind } from '@trunkline/contracts';
import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { expect, it } from 'vitest';
import type { EngineMedia } from '../engine.js';
import { MEDIA_TYPE_OF, type MediaFacts, type MediaFailure, type MediaReference, type MediaType } from '../media.js';
import { byNumber, newMessageId, TestAccount, type ContractWorld } from '../testing/linked-account.js';
import { factsOf } from '../../testing/media.facts.js';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const signal = AbortSignal.timeout(600_000);
const drain = async (bytes: AsyncIterable<Uint8Array>): Promise<void> => {
  for await (const _ of bytes);
};
const most = 100_000_000;
const thumbnail = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
const noFacts = factsOf('application/pdf');

type Told = Partial<MediaFacts>;
const KINDS: [content: MediaContent, facts: Told][] = [
  [
    { kind: 'image', mediaId: UNSTORED_MEDIA, caption: 'look' },
    { mime: 'image/jpeg', width: 40, height: 30, thumbnail },
  ],
  [{ kind: 'image', mediaId: UNSTORED_MEDIA }, { mime: 'image/png' }],
  [
    { kind: 'video', mediaId: UNSTORED_MEDIA, caption: 'see' },
    { mime: 'video/mp4', seconds: 7 },
  ],
  [{ kind: 'gif', mediaId: UNSTORED_MEDIA, caption: 'ha' }, { mime: 'video/mp4' }],
  [
    { kind: 'audio', mediaId: UNSTORED_MEDIA },
    { mime: 'audio/mpeg', seconds: 3 },
  ],
  [
    { kind: 'voice', mediaId: UNSTORED_MEDIA, waveform: [0, 50, 100] },
    { mime: 'audio/ogg; codecs=opus', seconds: 2 },
  ],
  [{ kind: 'document', mediaId: UNSTORED_MEDIA, fileName: 'a.pdf', caption: 'read' }, { mime: 'application/pdf' }],
  [{ kind: 'document', mediaId: UNSTORED_MEDIA, fileName: 'b.pdf' }, { mime: 'application/pdf' }],
  [
    { kind: 'sticker', mediaId: UNSTORED_MEDIA },
    { mime: 'image/webp', width: 512, height: 512 },
  ],
];

export function mediaContract(world: ContractWorld): void {
  const sourceOf = (bytes: Uint8Array) => ({
    async *open() {
      for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000);
    },
  });
  const uploaded = async (account: TestAccount, bytes: Uint8Array, type: MediaType): Promise<MediaReference> => {
    const result = await account.session.media!.upload(sourceOf(bytes), type, signal);
    if (!result.ok) throw new Error(`not uploaded: ${result.code} (${result.detail})`);
    return result.reference;
  };
  const fetched = async (account: TestAccount, reference: MediaReference): Promise<MediaFailure | Buffer> => {
    const chunks: Uint8Array[] = [];
    const sink = async (bytes: AsyncIterable<Uint8Array>) => {
      for await (const chunk of bytes) chunks.push(chunk);
    };
    const result = await account.session.media!.download(reference, sink, { most, signal });
    return result.ok ? Buffer.concat(chunks) : result;
  };
  /** A person sends a file; what the account was told of it. */
  const received = async (account: TestAccount, bytes: Uint8Array, more: object = {}) => {
    const person = await world.control.createPerson({ rule: { kind: 'silent' } });
    const file = {
      kind: 'document' as MediaKind,
      mime: 'application/pdf',
      data: Buffer.from(bytes).toString('base64'),
    };
    const { id } = await world.control.sendMedia(person.number, { ...file, ...more, to: account.phone.number });
    const message = await account.journal.until(
      () => account.journal.eventsOf('message').find((event) => event.message.waId === id)?.message,
      'the message with the file',
    );
    return { person, message, media: message.media as EngineMedia };
  };

  it.each(KINDS)('sends %j', async (content, told) => {
    const account = await TestAccount.online(world);
    const person = await world.control.createPerson({ rule: { kind: 'silent' } });
    const bytes = randomBytes(5_000);
    const reference = await uploaded(account, bytes, MEDIA_TYPE_OF[content.kind]);
    const media = { reference, facts: { ...noFacts, ...told } };
    const waId = await account.sent({ waId: newMessageId(), to: byNumber(person.number), content, media });
    const seen = await world.control.waitForSeen(person.number, ({ id }) => id === waId);
    const { caption = '', waveform = null } = { caption: '', ...content } as Record<string, unknown>;
    expect(seen).toMatchObject({ kind: content.kind, text: caption });
    const { thumbnail: _, ...facts } = { ...told, ...(content.kind === 'document' && { fileName: content.fileName }) };
    const what = { ...facts, waveform, hasThumbnail: 'thumbnail' in told };
    expect(seen.media).toMatchObject({ ...what, size: 5_000, sha256: hashOf(bytes), problem: null });
  });

  it.each(KINDS)('receives %j', async (content, told) => {
    const account = await TestAccount.online(world);
    const bytes = randomBytes(5_000);
    const { mediaId: _, ...said } = content;
    const { thumbnail: __, ...facts } = told;
    const { message, media } = await received(account, bytes, { ...facts, ...said });
    expect(message.content).toEqual(content);
    expect(media.facts).toMatchObject(facts);
    expect(await fetched(account, media.reference)).toEqual(bytes);
  });

  it.each(['image', 'video', 'document'] as const)(
    'edits the caption of its %s, and reads the new one of theirs',
    async (kind) => {
      const account = await TestAccount.online(world);
      const content = { kind, mediaId: UNSTORED_MEDIA, caption: 'first' } as MediaContent;
      const person = await world.control.createPerson({ rule: { kind: 'silent' } });
      const to = byNumber(person.number);
      const reference = await uploaded(account, randomBytes(500), MEDIA_TYPE_OF[kind]);
      const facts = { ...noFacts, mime: 'video/mp4' };
      const about = await account.sent({ waId: newMessageId(), to, content, media: { reference, facts } });
      const edit = { kind: 'edit', text: 'second', targetWaId: about } as const;
      const target = { sender: null, fromMe: true, kind };
      const waId = await account.sent({ waId: newMessageId(), to, content: edit, target });
      const seen = await world.control.waitForSeen(person.number, ({ id }) => id === waId);
      expect(seen).toMatchObject({ kind: 'edit', text: 'second', target: about });
      const theirs = await received(account, randomBytes(500), { kind, caption: 'first' });
      const said = { kind: 'edit', messageId: theirs.message.waId, text: 'other words', of: kind } as const;
      const { id } = await world.control.say(theirs.person.number, { to: account.phone.number, content: said });
      const told = await account.journal.until(
        () => account.journal.eventsOf('message').find((event) => event.message.waId === id)?.message.content,
        'the edit',
      );
      expect(told).toEqual({ kind: 'edit', text: 'other words', targetWaId: theirs.message.waId });
    },
  );

  it('takes a file of any length up again where the line broke', async () => {
    const account = await TestAccount.online(world);
    for (const bytes of [Buffer.alloc(0), randomBytes(15), randomBytes(16), randomBytes(3_000_000)]) {
      const reference = await uploaded(account, bytes, 'document');
      await world.control.setFault({ effect: { kind: 'media-cut', transfer: 'download' }, count: 2 });
      const found = await fetched(account, reference);
      expect(Buffer.isBuffer(found) && found.equals(bytes)).toBe(true);
      await world.control.clearFaults();
    }
  });

  it('gives up for now when the hosts fail, and hands over nothing as whole', async () => {
    const account = await TestAccount.online(world);
    const reference = await uploaded(account, randomBytes(200_000), 'document');
    const fault = { kind: 'media-status', transfer: 'download', status: 503 } as const;
    await world.control.setFault({ effect: fault });
    expect(await fetched(account, reference)).toMatchObject({ ok: false, code: 'unreachable' });
    await world.control.clearFaults();
    await world.control.setFault({ effect: { kind: 'media-altered' } });
    expect(await fetched(account, reference)).toMatchObject({ ok: false, code: 'corrupt' });
  });

  it('says when a file is not what its sender says it is', async () => {
    const account = await TestAccount.online(world);
    const { media } = await received(account, randomBytes(1_000), { claimSha256: '0'.repeat(64) });
    expect(await fetched(account, media.reference)).toMatchObject({ ok: false, code: 'corrupt' });
    const { reference } = (await received(account, randomBytes(1_000))).media;
    expect(await fetched(account, { ...reference, size: 999 })).toMatchObject({ code: 'corrupt' });
    expect(await fetched(account, { ...reference, key: randomBytes(32).toString('base64') })).toMatchObject({
      code: 'corrupt',
    });
  });

  it('takes no more than it was told to', async () => {
    const account = await TestAccount.online(world);
    const reference = await uploaded(account, randomBytes(200_000), 'document');
    const download = (one: MediaReference) =>
      account.session.media!.download(one, drain, {
        most: 1_000,
        signal,
      });
    expect(await download(reference)).toMatchObject({ code: 'too_big' });
    expect(await download({ ...reference, size: null })).toMatchObject({ code: 'too_big' });
  });

  it('goes to no host that the message names', async () => {
    const account = await TestAccount.online(world);
    const reference = await uploaded(account, randomBytes(10), 'document');
    for (const path of ['//example.com/x', '@example.com/x', '\\\\example.com']) {
      expect(await fetched(account, { ...reference, path })).toMatchObject({ code: 'gone' });
    }
  });

  it('asks the phone for what is gone, and fetches it from where it is then', async () => {
    const account = await TestAccount.online(world);
    const bytes = randomBytes(1_000);
    const { person, message, media } = await received(account, bytes);
    await world.control.waitForSeen(account.phone.number, ({ id }) => id === message.waId);
    await world.control.loseMedia();
    expect(await fetched(account, media.reference)).toMatchObject({ ok: false, code: 'gone' });
    const about = { waId: message.waId, chat: `${person.number}@s.whatsapp.net`, fromMe: false, participant: null };
    const again = await account.session.media!.askAgain(about, media.reference, signal);
    expect(again).toMatchObject({ ok: true });
    expect(await fetched(account, { ...media.reference, ...(again as { path: string }) })).toEqual(bytes);
    const unknown = { ...about, waId: newMessageId() };
    expect(await account.session.media!.askAgain(unknown, media.reference, signal)).toMatchObject({
      ok: false,
      code: 'not_on_phone',
    });
  });

  it('says that a phone is silent, and not that it has nothing, while it is off', async () => {
    const account = await TestAccount.online(world);
    const { person, message, media } = await received(account, randomBytes(1_000));
    await world.control.waitForSeen(account.phone.number, ({ id }) => id === message.waId);
    await world.control.loseMedia();
    const about = { waId: message.waId, chat: `${person.number}@s.whatsapp.net`, fromMe: false, participant: null };
    const ask = () => account.session.media!.askAgain(about, media.reference, signal);
    await world.control.changePhone(account.phone.number, { online: false });
    expect(await ask()).toMatchObject({ ok: false, code: 'phone_silent' });
    await world.control.changePhone(account.phone.number, { online: true });
    expect(await ask()).toMatchObject({ ok: true });
  });

  it('asks for a new word when the hosts do not know the old one, and says when they are full', async () => {
    const account = await TestAccount.online(world);
    const fail = (status: number, count: number) =>
      world.control.setFault({ effect: { kind: 'media-status', transfer: 'upload', status }, count });
    await fail(401, 1);
    await uploaded(account, randomBytes(500_000), 'video');
    await fail(507, 1);
    const result = await account.session.media!.upload(sourceOf(randomBytes(500_000)), 'video', signal);
    expect(result).toMatchObject({ ok: false, code: 'unreachable' });
    await fail(413, 1);
    expect(await account.session.media!.upload(sourceOf(randomBytes(10)), 'video', signal)).toMatchObject({
      code: 'too_big',
    });
  });

  it('transfers nothing while it is not connected', async () => {
    const account = await TestAccount.online(world);
    const reference = await uploaded(account, randomBytes(10), 'document');
    await account.session.disconnect();
    expect(await fetched(account, reference)).toMatchObject({ code: 'not_connected' });
  });
}
