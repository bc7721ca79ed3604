import { expect, it } from 'vitest';
import { pad, unpad } from './padding.js';

it('comes back whole at every length of padding', () => {
  const lengths = new Set<number>();
  for (let n = 0; n < 500; n++) {
    const padded = pad(Buffer.from('text'));
    lengths.add(padded.length - 4);
    expect(Buffer.from(unpad(padded)).toString()).toBe('text');
  }
  expect(Math.min(...lengths)).toBe(1);
  expect(Math.max(...lengths)).toBe(16);
});

it.each([[[]], [[0]], [[17]], [[1, 2]], [[3, 3]]])('refuses %j', (bytes) => {
  expect(() => unpad(Uint8Array.from(bytes))).toThrow('not padded');
});
