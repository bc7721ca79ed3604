import type { MessageContent } from '@trunkline/contracts';
import { proto } from 'baileys';
import { expect, it } from 'vitest';
import { FakeNetwork } from '../testing/fake-network.js';
import { readContext, readTimer } from './context.js';
import { readContent } from './convert.js';
import { readNewer } from './newer.js';
import { readWebMessage } from './history.js';
import { openPlaintext, pad, unpad } from './plaintext.js';

const { MESSAGE_EDIT, REVOKE, APP_STATE_SYNC_KEY_SHARE } = proto.Message.ProtocolMessage.Type;
const { PIN_FOR_ALL, UNPIN_FOR_ALL } = proto.Message.PinInChatMessage.Type;
const key = { remoteJid: '1@s.whatsapp.net', id: 'TARGET' };

it.each<[string, proto.IMessage, MessageContent]>([
  ['a text', { conversation: 'hi' }, { kind: 'text', text: 'hi' }],
  ['a longer text', { extendedTextMessage: { text: 'hi' } }, { kind: 'text', text: 'hi' }],
  ['a text that disappears', { ephemeralMessage: { message: { conversation: 'hi' } } }, { kind: 'text', text: 'hi' }],
  ['a reaction', { reactionMessage: { key, text: '👍' } }, { kind: 'reaction', emoji: '👍', targetWaId: 'TARGET' }],
  ['one taken back', { reactionMessage: { key, text: '' } }, { kind: 'reaction', emoji: '', targetWaId: 'TARGET' }],
  ['a deletion', { protocolMessage: { key, type: REVOKE } }, { kind: 'delete', targetWaId: 'TARGET' }],
  ['a deletion whose type protobuf left out', { protocolMessage: { key } }, { kind: 'delete', targetWaId: 'TARGET' }],
  [
    'an edit',
    { protocolMessage: { key, type: MESSAGE_EDIT, editedMessage: { conversation: 'better' } } },
    { kind: 'edit', text: 'better', targetWaId: 'TARGET' },
  ],
  [
    'a message that is pinned for a day',
    {
      pinInChatMessage: { key, type: PIN_FOR_ALL },
      messageContextInfo: { messageAddOnDurationInSecs: 86_400 },
    },
    { kind: 'pin', targetWaId: 'TARGET', pinned: true, seconds: 86_400 },
  ],
  [
    'one that is pinned, without a word for how long',
    { pinInChatMessage: { key, type: PIN_FOR_ALL } },
    { kind: 'pin', targetWaId: 'TARGET', pinned: true, seconds: 604_800 },
  ],
  [
    'one that is pinned for longer than anybody offers',
    {
      pinInChatMessage: { key, type: PIN_FOR_ALL },
      messageContextInfo: { messageAddOnDurationInSecs: 4_000_000_000 },
    },
    { kind: 'pin', targetWaId: 'TARGET', pinned: true, seconds: 604_800 },
  ],
  [
    'one that is pinned no more',
    {
      pinInChatMessage: { key, type: UNPIN_FOR_ALL },
      messageContextInfo: { messageAddOnDurationInSecs: 86_400 },
    },
    { kind: 'pin', targetWaId: 'TARGET', pinned: false, seconds: 0 },
  ],
  ['a pin of nothing', { pinInChatMessage: { type: PIN_FOR_ALL } }, { kind: 'unsupported', type: 'pinInChatMessage' }],
  [
    'a template of a business',
    {
      templateMessage: {
        hydratedTemplate: {
          hydratedTitleText: 'Shirts',
          hydratedContentText: 'Which?',
          hydratedButtons: [
            { quickReplyButton: { id: 'a', displayText: 'A' } },
            { urlButton: { url: 'https://a.example/', displayText: 'Look' } },
          ],
        },
      },
    },
    {
      kind: 'choices',
      text: 'Which?',
      title: 'Shirts',
      choices: [
        { id: 'a', text: 'A' },
        { id: 'https://a.example/', text: 'Look' },
      ],
    },
  ],
  [
    'buttons of the newer form, whatever stands in them',
    {
      interactiveMessage: {
        body: { text: 'Which?' },
        nativeFlowMessage: {
          buttons: [
            { name: 'quick_reply', buttonParamsJson: '{"id":"a","display_text":"A"}' },
            { name: 'cta_url', buttonParamsJson: 'no JSON' },
          ],
        },
      },
    },
    {
      kind: 'choices',
      text: 'Which?',
      choices: [
        { id: 'a', text: 'A' },
        { id: 'cta_url', text: 'cta_url' },
      ],
    },
  ],
  [
    'what was chosen in a list',
    { listResponseMessage: { title: 'A', singleSelectReply: { selectedRowId: 'a' } } },
    { kind: 'choice', id: 'a', text: 'A' },
  ],
  [
    'what was chosen in a template',
    { templateButtonReplyMessage: { selectedId: 'a', selectedDisplayText: 'A' } },
    { kind: 'choice', id: 'a', text: 'A' },
  ],
  [
    'what was chosen of the newer buttons',
    { interactiveResponseMessage: { body: { text: 'A' }, nativeFlowResponseMessage: { name: 'quick_reply' } } },
    { kind: 'choice', id: 'quick_reply', text: 'A' },
  ],
  ['an image', { imageMessage: { caption: 'look' } }, { kind: 'unsupported', type: 'imageMessage' }],
  [
    'a poll beside its secret',
    { messageContextInfo: {}, pollCreationMessage: {} },
    { kind: 'unsupported', type: 'pollCreationMessage' },
  ],
  [
    'a place that is not on the Earth',
    { locationMessage: { degreesLatitude: 91, degreesLongitude: 0 } },
    { kind: 'unsupported', type: 'locationMessage' },
  ],
])('reads %s', (_what, message, content) => {
  expect(readContent(message)).toEqual(content);
});

it.each([
  ['a sender key', { senderKeyDistributionMessage: { groupId: 'g' } }],
  ['app-state keys', { protocolMessage: { type: APP_STATE_SYNC_KEY_SHARE } }],
  ['nothing', {}],
] as const)('shows no message for %s', (_what, message) => {
  expect(readContent(message)).toBeUndefined();
});

it('keeps a kind that nobody knows yet', () => {
  const decoded = proto.Message.decode(proto.Message.encode({ groupInviteMessage: { groupName: 'x' } }).finish());
  expect(readContent(decoded)).toEqual({ kind: 'unsupported', type: 'groupInviteMessage' });
});

it('keeps a kind that is newer than our definitions, and takes nothing else for one', () => {
  const newer = Buffer.from([...[0xca, 0xb2, 0x04, 3], 1, 2, 3]);
  const beside = proto.Message.encode({ messageContextInfo: { messageSecret: Buffer.alloc(32) } }).finish();
  const raw = Buffer.concat([beside, newer]);
  const message = proto.Message.decode(raw);
  expect(readContent(message)).toBeUndefined();
  expect(readNewer(raw, message)).toEqual({ kind: 'unsupported', type: 'field 9001' });
  expect(readNewer(beside, proto.Message.decode(beside))).toBeUndefined();
  for (let cut = 0; cut < raw.length; cut++) expect(() => fieldless(raw.subarray(0, cut))).not.toThrow();
});

const fieldless = (raw: Uint8Array) => {
  try {
    proto.Message.decode(raw);
  } catch {
    return undefined; // the opener refuses it before
  }
  return readNewer(raw, {});
};

it('finds what is quoted', () => {
  const quotedId = (message: proto.IMessage) => readContext(message).quotedWaId;
  expect(quotedId({ extendedTextMessage: { text: 'x', contextInfo: { stanzaId: 'Q' } } })).toBe('Q');
  expect(quotedId({ imageMessage: { contextInfo: { stanzaId: 'Q' } } })).toBe('Q');
  expect(quotedId({ conversation: 'x' })).toBeNull();
});

it('finds how often it was forwarded, how long it lives and whether it is seen once', () => {
  const text = (contextInfo: proto.IContextInfo) => readContext({ extendedTextMessage: { text: 'x', contextInfo } });
  expect(text({ forwardingScore: 5, isForwarded: true }).forwardingScore).toBe(5);
  expect(text({ isForwarded: true }).forwardingScore).toBe(1);
  expect(text({ expiration: 86_400 }).ephemeralSeconds).toBe(86_400);
  expect(text({ expiration: 4_000_000_000 }).ephemeralSeconds).toBeNull();
  const once = { viewOnceMessageV2: { message: { imageMessage: {} } } };
  expect(readContext({ ephemeralMessage: { message: once } }).viewOnce).toBe(true);
  expect(readContext({ imageMessage: {} }).viewOnce).toBe(false);
});

it('reads how long messages of a chat shall live', () => {
  const { EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type;
  const timer = (ephemeralExpiration: number) =>
    readTimer({ protocolMessage: { type: EPHEMERAL_SETTING, ephemeralExpiration } });
  expect(timer(604_800)).toBe(604_800);
  expect(timer(0)).toBe(0);
  expect(readTimer({ protocolMessage: { type: REVOKE, key } })).toBeUndefined();
});

it('takes off the padding it knows, and no other', () => {
  for (let count = 1; count <= 16; count++) expect(unpad(pad(Buffer.from('text'), count)).toString()).toBe('text');
  expect(() => unpad(Buffer.from([1, 2, 17]))).toThrow(RangeError);
  expect(() => unpad(Buffer.from([0]))).toThrow(RangeError);
  expect(() => unpad(Buffer.alloc(0))).toThrow(RangeError);
});

it('believes the wrapper of own devices from own devices only', () => {
  const wrapped = { deviceSentMessage: { destinationJid: '9@s.whatsapp.net', message: { conversation: 'copy' } } };
  const bytes = proto.Message.encode(wrapped).finish();
  expect(openPlaintext(bytes, true)).toMatchObject({
    destination: '9@s.whatsapp.net',
    message: { conversation: 'copy' },
  });
  const forged = openPlaintext(bytes, false);
  expect(forged.destination).toBeNull();
  expect(readContent(forged.message)).toBeUndefined();
});

it('makes no message of a stub, or of a chat with nobody (S15)', async () => {
  const { account } = new FakeNetwork();
  const info = (change: object) =>
    ({ key: { remoteJid: '7@s.whatsapp.net', id: 'A' }, messageTimestamp: 5, ...change }) as never;
  expect(await readWebMessage(account, info({ messageStubType: 2 }), true)).toBeNull();
  expect(
    await readWebMessage(
      account,
      info({ message: { conversation: 'x' }, key: { remoteJid: 'status@broadcast', id: 'A' } }),
      true,
    ),
  ).toBeNull();
  expect(await readWebMessage(account, info({ message: { conversation: 'x' } }), true)).toMatchObject({
    waId: 'A',
    history: true,
    at: 5000,
    content: { kind: 'text', text: 'x' },
  });
});
