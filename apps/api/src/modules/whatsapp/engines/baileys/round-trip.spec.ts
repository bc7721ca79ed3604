/** Every kind that can be written is read back as it was, over the bytes that the wire carries. */
import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { MESSAGE_KINDS, type MessageContent, type MessageKind } from '@trunkline/contracts';
import { proto } from 'baileys';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineMedia } from '../engine.js';
import type { PhoneDigits } from '../../jid.js';
import { readContent } from './inbound/convert.js';
import { readUnsupported } from './inbound/kinds/unsupported.js';
import { compose } from './outbound/compose.js';
import { WRITERS } from './outbound/writers.js';
import { FakeNetwork } from './testing/fake-network.js';

const mediaId = UNSTORED_MEDIA;

const SAMPLES: { [K in MessageKind]?: Extract<MessageContent, { kind: K }>[] } = {
  text: [
    { kind: 'text', text: '*bold* and @9990000000007', mentions: [{ phoneNumber: '+9990000000007', lid: null }] },
    { kind: 'text', text: 'ا‎ 🎉\n  two lines' },
  ],
  image: [
    { kind: 'image', mediaId, caption: 'look' },
    { kind: 'image', mediaId },
  ],
  video: [{ kind: 'video', mediaId, caption: 'see' }],
  gif: [{ kind: 'gif', mediaId, caption: 'ha' }],
  audio: [{ kind: 'audio', mediaId }],
  voice: [
    { kind: 'voice', mediaId, waveform: [0, 50, 100] },
    { kind: 'voice', mediaId },
  ],
  document: [
    { kind: 'document', mediaId, fileName: 'a.pdf', caption: 'read' },
    { kind: 'document', mediaId, fileName: 'named.pdf' },
  ],
  sticker: [{ kind: 'sticker', mediaId }],
  location: [
    { kind: 'location', latitude: -6.25, longitude: 106.5, name: 'Shop', address: 'Street 1\nTown' },
    { kind: 'location', latitude: 0, longitude: 0 },
  ],
  contacts: [
    {
      kind: 'contacts',
      contacts: [
        { name: 'Ada, "the; first"\\', organisation: 'A; B, Inc', phones: ['+1 555 0100'], emails: ['a@b.c'] },
      ],
    },
    {
      kind: 'contacts',
      contacts: [
        { name: 'A', phones: ['1'] },
        { name: 'B\nC', phones: ['2', '3'] },
      ],
    },
  ],
  poll: [
    { kind: 'poll', question: 'When?', options: ['now', 'later'], selectable: 1 },
    { kind: 'poll', question: 'Which?', options: ['a', 'b', 'c'], selectable: 0 },
  ],
  event: [
    {
      kind: 'event',
      name: 'Opening',
      description: 'with cake\nand music',
      place: 'Shop',
      startsAt: '2027-01-15T08:00:00.000Z',
      endsAt: '2027-01-15T10:30:00.000Z',
      cancelled: false,
    },
    { kind: 'event', name: 'Some day', startsAt: null, endsAt: null, cancelled: true },
  ],
  reaction: [
    { kind: 'reaction', emoji: '👍', targetWaId: 'T' },
    { kind: 'reaction', emoji: '', targetWaId: 'T' },
  ],
  edit: [{ kind: 'edit', text: 'better', targetWaId: 'T' }],
  delete: [{ kind: 'delete', targetWaId: 'T' }],
};

const media = {
  reference: {
    type: 'image',
    path: '/v/1?oe=1',
    url: null,
    key: Buffer.alloc(32, 1).toString('base64'),
    sha256: Buffer.alloc(32, 2).toString('base64'),
    encSha256: Buffer.alloc(32, 3).toString('base64'),
    size: 7,
    keyedAt: 1,
  },
  facts: {
    mime: 'a/b',
    fileName: 'named.pdf',
    width: 4,
    height: 3,
    seconds: 2,
    waveform: null,
    thumbnail: Buffer.from([0xff, 0xd8, 0xff, 0xd9]),
  },
} satisfies EngineMedia;

const written = async (content: MessageContent): Promise<Uint8Array> => {
  const { account } = new FakeNetwork();
  const to = '7@s.whatsapp.net';
  const outbound = { waId: 'A', to: { phone: '7' as PhoneDigits, lid: null }, content, media };
  const { message } = await compose({ outbound, to, me: '100@s.whatsapp.net', account });
  return proto.Message.encode(message).finish();
};

it('has a sample for each kind that is written', () => {
  // A vote is sealed for its poll, an answer for its event: polls.spec.ts, event.answers.spec.ts.
  const writable = MESSAGE_KINDS.filter((kind) => WRITERS[kind] !== null && kind !== 'vote' && kind !== 'answer');
  expect(Object.keys(SAMPLES).toSorted()).toEqual(writable.toSorted());
});

describe.each(Object.entries(SAMPLES))('%s', (_kind, samples) => {
  it.each(samples.map((sample) => [sample]))('%j', async (sample) => {
    expect(readContent(proto.Message.decode(await written(sample)))).toEqual(sample);
  });

  it('is read or kept as unsupported, and never thrown at, when its bytes were changed on the way', async () => {
    const bytes = await written(samples[0] as MessageContent);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = value;
        const message = decoded(changed);
        if (message) expect(readContent(message) ?? readUnsupported(message)).not.toBeNull();
      }),
    );
  });
});

it('reads a round film as a film', async () => {
  const { videoMessage } = proto.Message.decode(await written({ kind: 'video', mediaId }));
  expect(readContent({ ptvMessage: videoMessage })).toEqual({ kind: 'video', mediaId });
});

function decoded(bytes: Uint8Array): proto.Message | undefined {
  try {
    return proto.Message.decode(bytes);
  } catch {
    return undefined; // refused before any reader sees it
  }
}
