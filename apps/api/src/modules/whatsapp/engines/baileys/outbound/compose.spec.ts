import { beforeEach, expect, it } from 'vitest';
import type { GroupJid, PhoneDigits } from '../../../jid.js';
import type { OutboundMessage } from '../../engine.js';
import { FakeNetwork } from '../testing/fake-network.js';
import { ada, person } from '../testing/recipients.js';
import { compose } from './compose.js';

let network: FakeNetwork;
beforeEach(() => void (network = new FakeNetwork()));

const outgoing = (outbound: OutboundMessage, to: string) => ({ outbound, to, me: 'me', account: network.account });

it('says what it cannot send', async () => {
  const unsupported = { waId: 'A', to: person, content: { kind: 'unsupported' as const, type: 'imageMessage' } };
  await expect(compose(outgoing(unsupported, ada))).rejects.toMatchObject({ code: 'unsupported' });
});

it('names the message of somebody else in a group, and deletes it as an admin', async () => {
  const group = '1@g.us' as GroupJid;
  const target = { sender: { phone: '7' as PhoneDigits, lid: null }, fromMe: false };
  const outbound: OutboundMessage = { waId: 'A', to: group, content: { kind: 'delete', targetWaId: 'T' }, target };
  const { message, attrs } = await compose(outgoing(outbound, group));
  expect(attrs.edit).toBe('8');
  expect(message.protocolMessage?.key).toEqual({ remoteJid: group, fromMe: false, id: 'T', participant: ada });
});
