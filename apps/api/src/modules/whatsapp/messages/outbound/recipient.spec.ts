import { describe, expect, it } from 'vitest';
import { parseRecipient } from './recipient.js';

describe('the recipient of a message', () => {
  it.each([
    ['+62 812-3456-7890', { phone: '6281234567890', lid: null }],
    ['6281234567890', { phone: '6281234567890', lid: null }],
    ['6281234567890@s.whatsapp.net', { phone: '6281234567890', lid: null }],
    ['184320557712345@lid', { phone: null, lid: '184320557712345' }],
    ['120363000000000001@g.us', '120363000000000001@g.us'],
  ])('reads %s', (to, address) => {
    expect(parseRecipient(to, 'whatsapp')).toEqual(address);
  });

  it.each(['0812', 'hello', '+1', 'x@newsletter', 'status@broadcast'])('refuses %s and names the field', (to) => {
    expect(() => parseRecipient(to, 'whatsapp')).toThrow(
      expect.objectContaining({ code: 'recipient_invalid', details: [expect.objectContaining({ field: 'to' })] }),
    );
  });

  it('lets nothing cross from one network to the other', () => {
    expect(parseRecipient('+9990123456789', 'sandbox')).toEqual({ phone: '9990123456789', lid: null });
    expect(() => parseRecipient('+9990123456789', 'whatsapp')).toThrow(/sandbox only/);
    expect(() => parseRecipient('9990123456789@s.whatsapp.net', 'whatsapp')).toThrow(/sandbox only/);
    expect(() => parseRecipient('+6281234567890', 'sandbox')).toThrow(/begin with \+999/);
  });
});
