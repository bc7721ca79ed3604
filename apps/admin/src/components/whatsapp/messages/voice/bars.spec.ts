import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barsOf, loudness } from './bars';

it('has as many bars as WhatsApp draws, from 0 to 100, however long the recording is', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 2000 }), (levels) => {
      const bars = barsOf(levels);
      expect(bars).toHaveLength(64);
      expect(bars.every((bar) => Number.isInteger(bar) && bar >= 0 && bar <= 100)).toBe(true);
    }),
  );
});

it('keeps the shape of what was said, loudest at 100', () => {
  expect(barsOf([0, 0.1, 0.2, 0.4], 4)).toEqual([0, 25, 50, 100]);
  expect(barsOf([0.1, 0.4, 0.2, 0.2], 2)).toEqual([100, 50]);
});

it('shows silence as silence', () => {
  expect(Math.max(...barsOf(Array(50).fill(0.001)))).toBeLessThanOrEqual(5);
});

it('knows how loud samples are', () => {
  expect(loudness(new Float32Array(8))).toBe(0);
  expect(loudness(new Float32Array([1, -1, 1, -1]))).toBe(1);
});
