import type { MessageContent } from '@trunkline/contracts';
import { proto, type BinaryNode } from 'baileys';
import { expect, it, vi } from 'vitest';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { readAck } from './acks.js';
import { readContext, readTimer } from './context.js';
import { readContent } from './convert.js';
import { readEnvelope } from './envelope.js';
import { readNewer } from './newer.js';
import { readWebMessage } from './history.js';
import { openPlaintext, pad, unpad } from './plaintext.js';
import { InboundReceipts } from './receipts.in.js';

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

const isMe = (jid: string | undefined): boolean => /^(100|500)[:@]/.test(jid ?? '');
const envelope = (attrs: Record<string, string>) => readEnvelope(node('message', { id: 'A', t: '5', ...attrs }), isMe);

it('reads who wrote to whom, in every form', () => {
  expect(envelope({ from: '7@s.whatsapp.net', sender_lid: '77@lid', notify: 'Ada' })).toMatchObject({
    chat: '7@s.whatsapp.net',
    fromMe: false,
    pushName: 'Ada',
    at: 5000,
    pairs: [{ phone: '7', lid: '77' }],
  });
  expect(envelope({ from: '77@lid', sender_pn: '7@s.whatsapp.net' })?.pairs).toEqual([{ phone: '7', lid: '77' }]);
  expect(
    envelope({ from: '100@s.whatsapp.net', recipient: '77@lid', peer_recipient_pn: '7@s.whatsapp.net' }),
  ).toMatchObject({
    chat: '77@lid',
    fromMe: true,
    pairs: [{ phone: '7', lid: '77' }],
  });
  expect(envelope({ from: '1@g.us', participant: '77:2@lid', participant_pn: '7@s.whatsapp.net' })).toMatchObject({
    chat: '1@g.us',
    author: '77:2@lid',
    isGroup: true,
    pairs: [{ phone: '7', lid: '77' }],
  });
  expect(envelope({ from: '1@g.us', participant: '500@lid' })).toMatchObject({ fromMe: true, chat: '1@g.us' });
  expect(envelope({ from: 'status@broadcast', participant: '7@s.whatsapp.net' })?.isBroadcast).toBe(true);
  expect(envelope({ from: '1@g.us' })).toBeNull();
  expect(envelope({})).toBeNull();
});

it('reads what became of a post in a channel, and of nothing else', () => {
  const meta = node('meta', { msg_edit_t: '1696321271735', original_msg_t: '1696321248' });
  const change = (attrs: Record<string, string>) =>
    readEnvelope(node('message', { id: 'A', t: '1696321271', from: '1@newsletter', ...attrs }, [meta]), isMe);
  const posted = 1_696_321_248_000;
  expect(change({ edit: '3' })).toMatchObject({ change: { how: 'edited', when: '1696321271735' }, at: posted });
  expect(change({ edit: '8' })).toMatchObject({ change: { how: 'removed' }, at: posted });
  expect(change({})).toMatchObject({ change: null, at: 1_696_321_271_000 });
  expect(change({ edit: '8', from: '1@g.us', participant: '7@s.whatsapp.net' })?.change).toBeNull();
});

it.each([
  [{ error: '463' }, 'contact_token_missing'],
  [{ error: '413' }, 'too_large'],
  [{ error: '475' }, 'new_chat_limit'],
  [{ error: '429' }, 'rate_limited'],
  [{ error: '479' }, 'devices_changed'],
  [{ error: '500' }, 'rejected'],
  [{ error: '403', from: '7@s.whatsapp.net' }, 'recipient_blocked'],
  [{ error: '403', from: '1@g.us' }, 'group_not_member'],
  [{ error: '404', from: '1@g.us' }, 'group_unknown'],
  [{ error: '404', from: '7@s.whatsapp.net' }, 'not_on_whatsapp'],
] as const)('reads the refusal %j', (attrs, code) => {
  expect(readAck(node('ack', { id: 'A', t: '5', ...attrs })).failure?.code).toBe(code);
});

it('reads an ack', () => {
  expect(readAck(node('ack', { id: 'A', t: '5' }))).toEqual({ type: 'message-ack', waId: 'A', at: 5000 });
});

async function receipts(stanzas: BinaryNode[], resend = vi.fn(async () => undefined)) {
  const network = new FakeNetwork();
  await network.account.signal.mapping.learn([{ phone: '7', lid: '77' }]);
  const inbound = new InboundReceipts(network.account, resend, vi.fn());
  for (const stanza of stanzas) await inbound.receive(stanza);
  await network.journal.settled();
  return { network, events: network.journal.eventsOf('receipt') };
}

const ada = { phone: '7', lid: '77' };

it('takes receipts one by one, in lists, of groups, by number and by LID, and acks each', async () => {
  const items = [node('list', {}, [node('item', { id: 'B' }), node('item', { id: 'C' })])];
  const { network, events } = await receipts([
    node('receipt', { id: 'A', from: '7@s.whatsapp.net', t: '5' }),
    node('receipt', { id: 'A', from: '77:2@lid', type: 'read', t: '6' }, items),
    node('receipt', { id: 'D', from: '1@g.us', participant: '77@lid', type: 'played', t: '7' }),
    node('receipt', { id: 'E', from: '7@s.whatsapp.net', type: 'inactive' }),
  ]);
  expect(events).toEqual([
    { type: 'receipt', waIds: ['A'], chat: ada, by: ada, status: 'delivered', at: 5000 },
    { type: 'receipt', waIds: ['A', 'B', 'C'], chat: ada, by: ada, status: 'read', at: 6000 },
    { type: 'receipt', waIds: ['D'], chat: '1@g.us', by: ada, status: 'played', at: 7000 },
    { type: 'receipt', waIds: ['E'], chat: ada, by: ada, status: 'delivered', at: null },
  ]);
  expect(network.sent('ack')).toHaveLength(4);
});

it('does not take what its own devices say for what the other side did', async () => {
  const { network, events } = await receipts([
    node('receipt', { id: 'A', from: '100@s.whatsapp.net', type: 'sender', recipient: '7@s.whatsapp.net' }),
    node('receipt', { id: 'A', from: '500@lid', t: '5' }),
    node('receipt', { id: 'A', from: '7@s.whatsapp.net', type: 'read-self', recipient: '9@s.whatsapp.net' }),
  ]);
  expect(events).toEqual([]);
  expect(network.sent('ack')).toHaveLength(3);
});

it('acks a request for a message when the answer has left, also when there is none', async () => {
  const order: string[] = [];
  const resend = vi.fn(async () => void order.push('resent'));
  const { network } = await receipts([node('receipt', { id: 'A', from: '7@s.whatsapp.net', type: 'retry' })], resend);
  expect(order).toEqual(['resent']);
  expect(network.sent('ack')).toHaveLength(1);
  const failing = vi.fn(async () => Promise.reject(new Error('no bundle')));
  const other = await receipts([node('receipt', { id: 'A', from: '7@s.whatsapp.net', type: 'retry' })], failing);
  expect(other.network.sent('ack')).toHaveLength(1);
});

it('writes a receipt down before its ack leaves', async () => {
  const network = new FakeNetwork();
  network.journal.holdCommits();
  const inbound = new InboundReceipts(network.account, vi.fn(), vi.fn());
  const emitted: number[] = [];
  const emit = network.journal.emit.bind(network.journal);
  network.journal.emit = (event) => (emitted.push(network.sent('ack').length), emit(event));
  await inbound.receive(node('receipt', { id: 'A', from: '7@s.whatsapp.net' }));
  expect(emitted).toEqual([0]);
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
