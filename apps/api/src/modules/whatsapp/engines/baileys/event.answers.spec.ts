import { randomBytes } from 'node:crypto';
import { EVENT_ANSWERS, type EventAnswer } from '@trunkline/contracts';
import { decryptEventResponse, proto } from 'baileys';
import { beforeEach, expect, it } from 'vitest';
import type { LidUser, PersonAddress, PhoneDigits } from '../../jid.js';
import { openAnswer, sealAnswer } from './event.answers.js';
import { readContent } from './inbound/convert.js';
import { SealedAnswers } from './inbound/sealed.answers.js';
import { compose } from './outbound/compose.js';
import { seal } from './sealed.js';
import { FakeNetwork } from './testing/fake-network.js';

const ada: PersonAddress = { phone: '7' as PhoneDigits, lid: '77' as LidUser };
const bob: PersonAddress = { phone: '8' as PhoneDigits, lid: '88' as LidUser };
const secret = randomBytes(32);
const event = { secret, makers: ['7@s.whatsapp.net', '77@lid'] };
const { EventResponseType } = proto.Message.EventResponseMessage;

let network: FakeNetwork;
beforeEach(() => {
  network = new FakeNetwork();
});

const creation: proto.IMessage = { messageContextInfo: { messageSecret: secret }, eventMessage: { name: 'Opening' } };
const answered = (who: string, answer: EventAnswer): proto.IMessage => ({
  encEventResponseMessage: { eventCreationMessageKey: { id: 'E' }, ...sealAnswer('E', event, who, answer, 1) },
});
const take = (waId: string, sender: PersonAddress, message: proto.IMessage) =>
  new SealedAnswers(network.account).take({ waId, sender, message });
const opened = async () => {
  await network.journal.settled();
  return network.journal.eventsOf('message-read').map(({ waId, content }) => ({ waId, content }));
};
const answer = (word: EventAnswer) => ({ kind: 'answer', targetWaId: 'E', answer: word });

it.each([
  ['going', EventResponseType.GOING],
  ['not_going', EventResponseType.NOT_GOING],
  ['maybe', EventResponseType.MAYBE],
] as const)('seals “%s” as the library opens it', (word, code) => {
  const { encPayload, encIv } = sealAnswer('E', event, '8@s.whatsapp.net', word, 1_700_000_000_000);
  const names = { eventCreatorJid: '7@s.whatsapp.net', responderJid: '8@s.whatsapp.net' };
  const read = decryptEventResponse({ encPayload, encIv }, { ...names, eventMsgId: 'E', eventEncKey: secret });
  expect(read).toMatchObject({ response: code });
  expect(Number(read.timestampMs)).toBe(1_700_000_000_000);
  const kept = { waId: 'A', payload: encPayload, iv: encIv };
  expect(openAnswer('E', event, { ...kept, voters: ['88@lid', '8@s.whatsapp.net'] })).toBe(word);
  expect(openAnswer('E', event, { ...kept, voters: ['9@s.whatsapp.net'] })).toBeNull();
});

it.each(['8@s.whatsapp.net', '88@lid'])('opens what %s answers, whichever came first', async (who) => {
  await take('A1', bob, answered(who, 'maybe'));
  expect(await opened()).toEqual([]);
  await take('E', ada, creation);
  await take('A2', bob, answered(who, 'going'));
  expect(await opened()).toEqual([
    { waId: 'A1', content: answer('maybe') },
    { waId: 'A2', content: answer('going') },
  ]);
});

it('counts no vote as an answer, and is harmed by none that makes no sense', async () => {
  await take('E', ada, creation);
  const key = { eventCreationMessageKey: { id: 'E' } };
  const vote = seal('Poll Vote', 'E', event, '88@lid', Buffer.from([8, 1]));
  const unknown = seal('Event Response', 'E', event, '88@lid', Buffer.from([8, 9]));
  const broken = seal('Event Response', 'E', event, '88@lid', Buffer.from([0xff]));
  for (const sealed of [vote, unknown, broken, { encPayload: Buffer.from([1]), encIv: Buffer.alloc(12) }])
    await take('A', bob, { encEventResponseMessage: { ...key, ...sealed } });
  await take('A', bob, { encEventResponseMessage: { encPayload: Buffer.alloc(1) } });
  expect(await opened()).toEqual([]);
});

it('answers an event of another, in the names of the chat, and not one whose secret is not known', async () => {
  await take('E', ada, creation);
  const me = '88@lid';
  for (const word of EVENT_ANSWERS) {
    const content = { kind: 'answer' as const, targetWaId: 'E', answer: word };
    const outbound = { waId: 'A', to: ada, content, target: { sender: ada, fromMe: false } };
    const outgoing = { outbound, to: '77@lid', me, account: network.account };
    const { message, attrs } = await compose(outgoing);
    expect(attrs.type).toBe('event');
    expect(readContent(message)).toEqual({ kind: 'answer', targetWaId: 'E', answer: null });
    const names = { eventCreatorJid: '77@lid', eventMsgId: 'E', eventEncKey: secret, responderJid: me };
    const { encPayload, encIv } = message.encEventResponseMessage!;
    const read = decryptEventResponse({ encPayload, encIv }, names);
    expect(Number(read.response)).toBe(EVENT_ANSWERS.indexOf(word) + 1);
    const unknown = { ...outbound, content: { ...content, targetWaId: 'OTHER' } };
    await expect(compose({ ...outgoing, outbound: unknown })).rejects.toMatchObject({ code: 'unsupported' });
  }
});
