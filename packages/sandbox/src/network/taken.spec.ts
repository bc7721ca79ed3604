import { expect, it } from 'vitest';
import { openStore } from '../store/store.js';
import { Taken } from './taken.js';

it('takes a key once, until it is given back', () => {
  const taken = new Taken(openStore());
  expect([taken.mark('a'), taken.mark('a'), taken.mark('b')]).toEqual([true, false, true]);
  taken.unmark('a');
  expect([taken.mark('a'), taken.mark('b')]).toEqual([true, false]);
});

it('remembers at least half of what it holds, and never more than all of it, over restarts too', () => {
  const store = openStore();
  const size = () => store.size('network.taken.a') + store.size('network.taken.b');
  for (let n = 0; n < 95; n++) new Taken(store, 10).mark(`key ${n}`);
  const again = new Taken(store, 10);
  const remembered = Array.from({ length: 10 }, (_, n) => again.mark(`key ${85 + n}`));
  expect(remembered).toEqual(Array.from({ length: 10 }, () => false));
  expect(size()).toBeLessThanOrEqual(20);
});
