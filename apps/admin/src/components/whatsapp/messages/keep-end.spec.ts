import { expect, it, vi } from 'vitest';
import { keepEnd } from './keep-end';

/** In pixels: how high it was, and how far its end is below what is in sight now. */
function list(height: number | null, distance: number) {
  const scrollToEnd = vi.fn();
  const scrollRect = height === null ? null : { width: 400, height };
  return { scrollRect, getDistanceFromEnd: () => distance, scrollToEnd, options: { scrollEndThreshold: 120 } };
}

it.each([
  ['that stood at its end and lost a little', list(600, 40), 560, 1],
  ['that stood at its end and lost much', list(600, 300), 300, 1],
  ['in which one reads further up', list(600, 500), 560, 0],
  ['that has become higher', list(560, 0), 600, 0],
  ['that is as it was', list(600, 80), 600, 0],
  ['whose height is told for the first time', list(null, 0), 600, 0],
])('brings one %s to its end as often as it must', (_what, its, height, times) => {
  const take = vi.fn();
  keepEnd(its, height, take);
  expect(take).toHaveBeenCalledOnce();
  expect(its.scrollToEnd).toHaveBeenCalledTimes(times);
});
