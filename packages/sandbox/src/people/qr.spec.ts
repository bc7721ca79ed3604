import { expect, it } from 'vitest';
import { parseQr } from './qr.js';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const fields = ['2@ref', key(1), key(2), key(3), '1'].join(',');

it.each([fields, `https://wa.me/settings/linked_devices#${fields}`])('reads %s', (text) => {
  const { ref, noise, identity, advSecret, platform } = parseQr(text);
  expect({ ref, platform }).toEqual({ ref: '2@ref', platform: '1' });
  expect([noise[0], identity[0], advSecret[0]]).toEqual([1, 2, 3]);
});

it.each(['', 'https://example.org', '2@ref,AAAA,AAAA,AAAA,1'])('refuses %j', (text) => {
  expect(() => parseQr(text)).toThrow('not the QR');
});
