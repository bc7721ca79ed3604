import type { BinaryNode } from 'baileys';
import { beforeEach, expect, it } from 'vitest';
import { FakeNetwork, node } from '../testing/fake-network.js';
import { ada, bundles } from '../testing/recipients.js';
import { SessionStarter } from './session.starter.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

it('shares one query for bundles among those who wait for it', async () => {
  network.answer = bundles;
  const starter = new SessionStarter(network.account);
  const outcomes = await Promise.all([
    starter.ensure([ada]),
    starter.ensure([ada, '8@s.whatsapp.net']),
    starter.ensure([ada]),
  ]);
  expect(outcomes.map((missing) => missing.size)).toEqual([0, 0, 0]);
  expect(
    network.asked('encrypt').map((query) => ((query.content as BinaryNode[])[0]?.content as BinaryNode[]).length),
  ).toEqual([1, 1]);
});

it('does without a device whose bundle is refused', async () => {
  network.answer = (query) => {
    const [list] = bundles(query);
    const [first, ...rest] = list?.content as BinaryNode[];
    return [node('list', {}, [node('user', first?.attrs, [node('error', { code: '404' })]), ...rest])];
  };
  expect([...(await new SessionStarter(network.account).ensure([ada, '8@s.whatsapp.net']))]).toEqual([ada]);
});
