import { expect, it } from 'vitest';
import type { ToChild } from '../messages.ts';
import { TurnedClock } from './turned-clock.ts';

const follower = (alive = true) => {
  const heard: ToChild[] = [];
  return { heard, send: (message: ToChild) => alive && heard.push(message) > 0 };
};

it('is turned when each follower has applied it; the dead are not waited for', async () => {
  const clock = new TurnedClock();
  const [first, second, gone] = [follower(), follower(), follower(false)];
  let turned = false;
  const turn = clock.turn(60_000, [first, second, gone]).then(() => (turned = true));
  expect(first.heard).toEqual([{ type: 'clock', id: 1, offsetMs: 60_000 }]);
  clock.onMessage(first, { type: 'clock.applied', id: 1 });
  await Promise.resolve();
  expect(turned).toBe(false);
  clock.onEnded(second);
  await turn;
  expect(clock.offsetMs).toBe(60_000);
});

it('adds up, and resolves at once when nobody follows', async () => {
  const clock = new TurnedClock();
  await clock.turn(1_000, []);
  await clock.turn(-400, []);
  expect(clock.offsetMs).toBe(600);
});
