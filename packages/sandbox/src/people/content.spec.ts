import { expect, it } from 'vitest';
import { message, PROTOCOL, type Message } from '../signal/message.proto.js';
import { contentOf } from './content.js';

const key = { id: 'ID' };
const cases: [string, Message, ReturnType<typeof contentOf>][] = [
  ['plain text', { conversation: 'a' }, { kind: 'text', text: 'a', target: null }],
  ['extended text', { extendedTextMessage: { text: 'a' } }, { kind: 'text', text: 'a', target: null }],
  ['disappearing', { ephemeralMessage: { message: { conversation: 'a' } } }, { kind: 'text', text: 'a', target: null }],
  ['a reaction', { reactionMessage: { key, text: '👍' } }, { kind: 'reaction', text: '👍', target: 'ID' }],
  ['a revocation', { protocolMessage: { type: PROTOCOL.revoke, key } }, { kind: 'revoke', text: '', target: 'ID' }],
  [
    'an edit',
    { protocolMessage: { type: PROTOCOL.messageEdit, key, editedMessage: { conversation: 'b' } } },
    { kind: 'edit', text: 'b', target: 'ID' },
  ],
  ['a key alone', { senderKeyDistributionMessage: { groupId: 'g' } }, undefined],
  [
    'key and text',
    { senderKeyDistributionMessage: { groupId: 'g' }, conversation: 'a' },
    { kind: 'text', text: 'a', target: null },
  ],
  ['what it does not know', {}, { kind: 'other', text: '', target: null }],
];

it.each(cases)('reads %s', (_, sent, content) => {
  expect(contentOf(message.decode(message.encode(sent)))).toEqual(content);
});
