import { beforeEach, expect, it, vi } from 'vitest';
import { pack } from '../records/plain.js';
import { FakeNetwork } from '../testing/fake-network.js';
import { ada } from '../testing/recipients.js';
import { ContactTokens } from './contact.tokens.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

it('sends a contact token that is valid, and gives its own once a week (S6)', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const tokens = new ContactTokens(network.account);
  const now = Math.floor(Date.now() / 1000);
  network.journal.put('tctoken', ada, pack({ token: Buffer.from('t'), timestamp: String(now) }));
  expect((await tokens.node(ada))?.content).toEqual(Buffer.from('t'));
  for (let i = 0; i < 3; i++) await tokens.give(ada);
  await Promise.all([tokens.give('8@s.whatsapp.net'), tokens.give('8@s.whatsapp.net')]);
  expect(network.asked('privacy')).toHaveLength(2);
  vi.setSystemTime(Date.now() + 8 * 24 * 3600 * 1000);
  await tokens.give(ada);
  expect(network.asked('privacy')).toHaveLength(3);
  expect(await tokens.node(ada)).not.toBeNull();
  vi.setSystemTime(Date.now() + 40 * 24 * 3600 * 1000);
  expect(await tokens.node(ada)).toBeNull();
  vi.useRealTimers();
});
