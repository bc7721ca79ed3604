import { expect, it } from 'vitest';
import { frameOf } from './frame';

it.each([
  ['unknown', null, null, 320],
  ['wide', 1600, 900, 320],
  ['square', 500, 500, 320],
  ['tall', 900, 1600, 203],
  ['as a thread', 10, 10_000, 176],
  ['as a hair', 10_000, 10, 320],
])('what is %s has a frame within bounds', (_name, width, height, wide) => {
  const frame = frameOf({ width, height });
  expect(frame.width).toBe(wide);
  expect(frame.width / frame.aspectRatio).toBeLessThanOrEqual(361);
  expect(frame.width / frame.aspectRatio).toBeGreaterThanOrEqual(119);
});
