import { describe, expect, it } from 'vitest';
import { parsePhone } from './phone.js';

describe('a phone number as typed', () => {
  it.each([
    ['+62 812-3456-7890', '6281234567890'],
    ['6281234567890', '6281234567890'],
    [' +1 (415) 555-2671 ', '14155552671'],
  ])('%s is a number of WhatsApp', (text, digits) => expect(parsePhone('whatsapp', text)).toBe(digits));

  it.each(['', 'abc', '+62', '081234567890', '+999 100 0001', '+1 555'])('%s is none', (text) =>
    expect(parsePhone('whatsapp', text)).toBeUndefined(),
  );

  it('keeps the networks apart', () => {
    expect(parsePhone('sandbox', '+999 100 0001')).toBe('9991000001');
    expect(parsePhone('sandbox', '+6281234567890')).toBeUndefined();
  });
});
