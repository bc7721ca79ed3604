import { beforeEach, expect, it } from 'vitest';
import type { LidUser } from '../../jid.js';
import { findIdentity, identityOf } from './own.identity.js';
import { FakeNetwork, node } from './testing/fake-network.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

it('knows itself by number and LID, and asks for the number it lacks', async () => {
  expect(identityOf(network.creds)).toEqual({ phone: '100', lid: '500', pushName: 'Shop', device: 3 });
  expect(identityOf({})).toBeUndefined();
  network.creds.me = { id: '500:3@lid', name: '~' };
  network.answer = () => null;
  expect(await findIdentity(network.account)).toEqual({
    phone: null,
    lid: '500' as LidUser,
    pushName: null,
    device: 3,
  });
  network.answer = () => [
    node('usync', {}, [node('list', {}, [node('user', { jid: '500@lid', pn_jid: '100@s.whatsapp.net' })])]),
  ];
  expect((await findIdentity(network.account))?.phone).toBe('100');
  expect(network.asked('usync')).toHaveLength(2);
  await findIdentity(network.account);
  expect(network.asked('usync')).toHaveLength(2);
});
