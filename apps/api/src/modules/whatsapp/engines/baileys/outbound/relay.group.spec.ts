import type { BinaryNode } from 'baileys';
import { beforeEach, expect, it, vi } from 'vitest';
import type { GroupJid } from '../../../jid.js';
import { GroupBook } from '../groups/group.book.js';
import { Notifications } from '../inbound/notifications.js';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { noticeParts } from '../testing/notice.parts.js';
import { bundles, deviceAnswer, groupNode, hello, member, toOf } from '../testing/recipients.js';
import { Relay } from './relay.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

const relay = () => new Relay(network.account, new GroupBook(network.account), vi.fn());

it.each([
  ['it is not in', [member('7', '77')], [], 'group_not_member'],
  ['only admins write to', [member('7', '77', 'admin'), member('100', '500')], ['announcement'], 'group_admins_only'],
] as const)('does not write to a group that %s', async (_what, participants, flags, code) => {
  network.answer = ({ attrs }) => (attrs.xmlns === 'w:g2' ? [groupNode([...participants], {}, [...flags])] : []);
  expect(await relay().send({ ...hello('A'), to: '1@g.us' as GroupJid })).toMatchObject({ code, certain: true });
  expect(network.sent('message')).toEqual([]);
});

it('says that a group is unknown', async () => {
  network.answer = () => [node('error', { code: '404', text: 'item-not-found' })];
  expect(await relay().send({ ...hello('A'), to: '1@g.us' as GroupJid })).toMatchObject({ code: 'group_unknown' });
});

async function inGroup() {
  const members = [member('100', '500'), member('7', '77')];
  network.answer = (query) => {
    if (query.attrs.xmlns === 'w:g2') return [groupNode(members)];
    if (query.attrs.xmlns === 'usync')
      return deviceAnswer({ '77@lid': { devices: [0] }, '500@lid': { devices: [0, 3] } });
    return query.attrs.xmlns === 'encrypt' ? bundles(query) : [];
  };
  const [book, toBaileys] = [new GroupBook(network.account), vi.fn()];
  const outbox = new Relay(network.account, book, vi.fn());
  const notices = new Notifications(noticeParts(network.account, outbox, book, toBaileys), vi.fn());
  const send = async (waId: string) => {
    await outbox.send({ ...hello(waId), to: '1@g.us' as GroupJid });
    outbox.acked(node('ack', { id: waId }));
    return toOf(network.sent('message').at(-1));
  };
  return { members, notices, send, toBaileys };
}

it('gives the sender key to who has not got it, and a new one to who is left when a member goes', async () => {
  const { notices, send, members } = await inGroup();
  expect((await send('A')).sort()).toEqual(['500@lid', '77@lid']);
  expect(await send('B')).toEqual([]);
  members.push(member('8', '88'));
  members.splice(1, 1);
  await notices.receive(
    node('notification', { type: 'w:gp2', from: '1@g.us', id: 'n' }, [
      node('remove', {}, [node('participant', { jid: '77@lid' })]),
    ]),
  );
  expect(await send('C')).toEqual(['500@lid']);
  expect(network.asked('w:g2')).toHaveLength(2);
});

it('gives no sender key to the device that it runs on, though the group names it by LID (S16)', async () => {
  const { send } = await inGroup();
  expect(await send('A')).not.toContain(network.creds.me?.lid);
  expect(JSON.stringify(network.asked('encrypt'))).not.toContain(network.creds.me?.lid);
});

it('tells that a group changed, and that it is out of it', async () => {
  const { notices, toBaileys } = await inGroup();
  const notice = (change: BinaryNode) =>
    notices.receive(node('notification', { type: 'w:gp2', from: '1@g.us', id: 'n' }, [change]));
  await notice(node('subject', { subject: 'New' }));
  await notice(node('remove', {}, [node('participant', { jid: '500@lid' })]));
  await network.journal.settled();
  expect(network.journal.events.filter(({ type }) => type.startsWith('group'))).toEqual([
    { type: 'group-changed', group: '1@g.us' },
    { type: 'group-left', group: '1@g.us' },
  ]);
  expect(toBaileys).toHaveBeenCalledTimes(2);
});
