import { expect, it } from 'vitest';
import { node } from '../testing/fake-network.js';
import { readAck } from './acks.js';

it.each([
  [{ error: '463' }, 'contact_token_missing'],
  [{ error: '413' }, 'too_large'],
  [{ error: '475' }, 'new_chat_limit'],
  [{ error: '429' }, 'rate_limited'],
  [{ error: '479' }, 'devices_changed'],
  [{ error: '500' }, 'rejected'],
  [{ error: '403', from: '7@s.whatsapp.net' }, 'recipient_blocked'],
  [{ error: '403', from: '1@g.us' }, 'group_not_member'],
  [{ error: '404', from: '1@g.us' }, 'group_unknown'],
  [{ error: '404', from: '7@s.whatsapp.net' }, 'not_on_whatsapp'],
] as const)('reads the refusal %j', (attrs, code) => {
  expect(readAck(node('ack', { id: 'A', t: '5', ...attrs })).failure?.code).toBe(code);
});

it('reads an ack', () => {
  expect(readAck(node('ack', { id: 'A', t: '5' }))).toEqual({ type: 'message-ack', waId: 'A', at: 5000 });
});
