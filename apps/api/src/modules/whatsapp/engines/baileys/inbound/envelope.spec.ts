import { expect, it } from 'vitest';
import { node } from '../testing/fake-network.js';
import { readEnvelope } from './envelope.js';

const isMe = (jid: string | undefined): boolean => /^(100|500)[:@]/.test(jid ?? '');
const envelope = (attrs: Record<string, string>) => readEnvelope(node('message', { id: 'A', t: '5', ...attrs }), isMe);

it('reads who wrote to whom, in every form', () => {
  expect(envelope({ from: '7@s.whatsapp.net', sender_lid: '77@lid', notify: 'Ada' })).toMatchObject({
    chat: '7@s.whatsapp.net',
    fromMe: false,
    pushName: 'Ada',
    at: 5000,
    pairs: [{ phone: '7', lid: '77' }],
  });
  expect(envelope({ from: '77@lid', sender_pn: '7@s.whatsapp.net' })?.pairs).toEqual([{ phone: '7', lid: '77' }]);
  expect(
    envelope({ from: '100@s.whatsapp.net', recipient: '77@lid', peer_recipient_pn: '7@s.whatsapp.net' }),
  ).toMatchObject({
    chat: '77@lid',
    fromMe: true,
    pairs: [{ phone: '7', lid: '77' }],
  });
  expect(envelope({ from: '1@g.us', participant: '77:2@lid', participant_pn: '7@s.whatsapp.net' })).toMatchObject({
    chat: '1@g.us',
    author: '77:2@lid',
    isGroup: true,
    pairs: [{ phone: '7', lid: '77' }],
  });
  expect(envelope({ from: '1@g.us', participant: '500@lid' })).toMatchObject({ fromMe: true, chat: '1@g.us' });
  expect(envelope({ from: 'status@broadcast', participant: '7@s.whatsapp.net' })?.isBroadcast).toBe(true);
  expect(envelope({ from: '1@g.us' })).toBeNull();
  expect(envelope({})).toBeNull();
});

it('reads what became of a post in a channel, and of nothing else', () => {
  const meta = node('meta', { msg_edit_t: '1696321271735', original_msg_t: '1696321248' });
  const change = (attrs: Record<string, string>) =>
    readEnvelope(node('message', { id: 'A', t: '1696321271', from: '1@newsletter', ...attrs }, [meta]), isMe);
  const posted = 1_696_321_248_000;
  expect(change({ edit: '3' })).toMatchObject({ change: { how: 'edited', when: '1696321271735' }, at: posted });
  expect(change({ edit: '8' })).toMatchObject({ change: { how: 'removed' }, at: posted });
  expect(change({})).toMatchObject({ change: null, at: 1_696_321_271_000 });
  expect(change({ edit: '8', from: '1@g.us', participant: '7@s.whatsapp.net' })?.change).toBeNull();
});
