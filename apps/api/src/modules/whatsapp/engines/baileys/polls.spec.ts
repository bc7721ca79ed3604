import { randomBytes } from 'node:crypto';
import { decryptPollVote, proto } from 'baileys';
import { beforeEach, expect, it } from 'vitest';
import type { LidUser, PersonAddress, PhoneDigits } from '../../jid.js';
import { compose } from './outbound/compose.js';
import { readContent } from './inbound/convert.js';
import { SealedAnswers } from './inbound/sealed.answers.js';
import { AskedMessages } from './asked.js';
import { openVote, sealVote } from './polls.js';
import { FakeNetwork } from './testing/fake-network.js';

const ada: PersonAddress = { phone: '7' as PhoneDigits, lid: '77' as LidUser };
const bob: PersonAddress = { phone: '8' as PhoneDigits, lid: '88' as LidUser };
const secret = randomBytes(32);
const poll = { secret, makers: ['7@s.whatsapp.net', '77@lid'], options: ['now', 'later', 'never'] };

let network: FakeNetwork;
beforeEach(() => {
  network = new FakeNetwork();
});

const creation: proto.IMessage = {
  messageContextInfo: { messageSecret: secret },
  pollCreationMessageV3: { name: 'When?', options: poll.options.map((optionName) => ({ optionName })) },
};
const ballot = (voter: string, options: string[]): proto.IMessage => ({
  pollUpdateMessage: { pollCreationMessageKey: { id: 'POLL' }, vote: sealVote('POLL', poll, voter, options) },
});
const take = (waId: string, sender: PersonAddress, message: proto.IMessage) =>
  new SealedAnswers(network.account).take({ waId, sender, message });
const opened = () => network.journal.eventsOf('message-read').map(({ waId, content }) => ({ waId, content }));
const vote = (options: string[]) => ({ kind: 'vote', targetWaId: 'POLL', options });

it('seals a vote as the library opens it', () => {
  const sealed = sealVote('POLL', poll, '8@s.whatsapp.net', ['later']);
  const context = { pollCreatorJid: '7@s.whatsapp.net', pollMsgId: 'POLL', pollEncKey: secret };
  const read = decryptPollVote(sealed, { ...context, voterJid: '8@s.whatsapp.net' });
  expect(read.selectedOptions).toHaveLength(1);
  const kept = { waId: 'V', payload: sealed.encPayload, iv: sealed.encIv };
  expect(openVote('POLL', poll, { ...kept, voters: ['88@lid', '8@s.whatsapp.net'] })).toEqual(['later']);
  expect(openVote('POLL', poll, { ...kept, voters: ['9@s.whatsapp.net'] })).toBeNull();
  expect(openVote('POLL', { ...poll, secret: randomBytes(32) }, { ...kept, voters: ['8@s.whatsapp.net'] })).toBeNull();
});

it.each(['8@s.whatsapp.net', '88@lid'])('opens what %s votes once the poll is known', async (voter) => {
  await take('POLL', ada, creation);
  await take('V1', bob, ballot(voter, ['now']));
  await take('V2', bob, ballot(voter, []));
  await network.journal.settled();
  expect(opened()).toEqual([
    { waId: 'V1', content: vote(['now']) },
    { waId: 'V2', content: vote([]) },
  ]);
});

it('keeps votes that come before their poll', async () => {
  await take('V1', bob, ballot('8@s.whatsapp.net', ['never', 'now']));
  await take('V2', ada, ballot('77@lid', ['later']));
  await network.journal.settled();
  expect(opened()).toEqual([]);
  await take('POLL', ada, creation);
  await network.journal.settled();
  expect(opened()).toEqual([
    { waId: 'V1', content: vote(['now', 'never']) },
    { waId: 'V2', content: vote(['later']) },
  ]);
});

it('is harmed by no vote that makes no sense', async () => {
  await take('POLL', ada, creation);
  const vote = { encPayload: Buffer.from([1]), encIv: Buffer.alloc(12) };
  await take('V', bob, { pollUpdateMessage: { pollCreationMessageKey: { id: 'POLL' }, vote } });
  await take('V', bob, { pollUpdateMessage: { vote: { encPayload: Buffer.alloc(0), encIv: Buffer.alloc(0) } } });
  await network.journal.settled();
  expect(opened()).toEqual([]);
});

it('votes on a poll of another, in the names of the chat, and not on one whose secret is not known', async () => {
  await take('POLL', ada, creation);
  const me = '88@lid';
  const outbound = {
    waId: 'V',
    to: ada,
    content: { kind: 'vote' as const, targetWaId: 'POLL', options: ['later'] },
    target: { sender: ada, fromMe: false },
  };
  const outgoing = { outbound, to: '77@lid', me, account: network.account };
  const { message, attrs } = await compose(outgoing);
  expect(attrs.type).toBe('poll');
  expect(readContent(message)).toEqual({ kind: 'vote', targetWaId: 'POLL', options: null });
  const context = { pollCreatorJid: '77@lid', pollMsgId: 'POLL', pollEncKey: secret, voterJid: me };
  const read = decryptPollVote(message.pollUpdateMessage!.vote!, context);
  expect(read.selectedOptions).toHaveLength(1);
  const unknown = { ...outbound, content: { ...outbound.content, targetWaId: 'OTHER' } };
  await expect(compose({ ...outgoing, outbound: unknown })).rejects.toMatchObject({ code: 'unsupported' });
  expect(await new AskedMessages(network.journal).find('OTHER')).toBeUndefined();
});
