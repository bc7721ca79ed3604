import { describe as suite, expect, it } from 'vitest';
import type { BinaryNode } from 'baileys';
import { describe } from '../../trace/describe.js';
import { redacted, type Stanza } from '../../trace/redacted.js';

const NUMBER = '628123456789';
const stanza: BinaryNode = {
  tag: 'message',
  attrs: { id: '3EB0C767D26A1B2C3D4E5F', to: `${NUMBER}@s.whatsapp.net`, type: 'text', notify: "Ada O'Hara" },
  content: [
    {
      tag: 'participants',
      attrs: {},
      content: [1, 2].map((device) => ({
        tag: 'to',
        attrs: { jid: `${NUMBER}:${device}@s.whatsapp.net` },
        content: [{ tag: 'enc', attrs: { v: '2', type: 'pkmsg' }, content: Buffer.from('a secret') }],
      })),
    },
    { tag: 'device-identity', attrs: {}, content: Buffer.from('a key') },
  ],
};

suite('a trace', () => {
  it('holds the shape of a stanza, and nothing of anybody', () => {
    const node = redacted(stanza as Stanza);
    expect(describe(node)).toBe('message text: participants(to×2) device-identity');
    expect(node).toMatchObject({
      attrs: { id: '…', to: '…@s.whatsapp.net', type: 'text', notify: '…' },
      content: [
        {
          content: [
            {
              attrs: { jid: '…@s.whatsapp.net' },
              content: [{ attrs: { v: '2', type: 'pkmsg' }, content: { bytes: 8 } }],
            },
            {},
          ],
        },
        { content: { bytes: 5 } },
      ],
    });
    const text = JSON.stringify(node);
    for (const secret of [NUMBER, '3EB0C767', 'Ada', 'Hara', 'secret', Buffer.from('a secret').toString('hex')])
      expect(text).not.toContain(secret);
  });

  it('keeps no value that only stands where a word should', () => {
    const { attrs } = redacted({ tag: 'x', attrs: { type: NUMBER, code: 'Ada said', xmlns: 'w:g2' } });
    expect(attrs).toEqual({ type: '…', code: '…', xmlns: 'w:g2' });
  });
});
