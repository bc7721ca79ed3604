import { expect, it } from 'vitest';
import type { GroupJid } from '../../../jid.js';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { GroupBook } from './group.book.js';

const group = '120363001@g.us' as GroupJid;
const described = (subject: string) => node('group', { id: '120363001', subject }, []);

it('asks anew for a group that changed while all of them were asked for', async () => {
  const network = new FakeNetwork();
  network.answer = ({ attrs }) =>
    attrs.to === '@g.us' ? [node('groups', {}, [described('Old')])] : [described('New')];
  const book = new GroupBook(network.account);
  const listing = book.list();
  book.changed(group);
  await listing;
  expect((await book.read(group)).subject).toBe('New');
  // What was told since is kept.
  await book.list();
  expect((await book.read(group)).subject).toBe('Old');
  expect(network.asked('w:g2')).toHaveLength(3);
});
