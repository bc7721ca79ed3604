import { expect, it } from 'vitest';
import { node } from '../testing/fake-network.js';
import { ada, groupNode, member } from '../testing/recipients.js';
import { readGroup } from './group.node.js';

it('reads a group in either addressing', () => {
  const read = readGroup(
    groupNode([member('7', '77', 'admin'), node('participant', { jid: ada })], {}, ['announcement']),
  );
  expect(read).toMatchObject({ group: '1@g.us', addressing: 'lid', announcement: true, locked: false });
  expect(read?.participants).toEqual([
    { person: { phone: '7', lid: '77' }, role: 'admin' },
    { person: { phone: '7', lid: null }, role: 'member' },
  ]);
});
