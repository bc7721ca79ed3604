import { expect, it } from 'vitest';
import { Places } from './places.js';

it('lets so many in at once, the others in order, and takes a place back once', async () => {
  const places = new Places(2);
  const entered: number[] = [];
  const enter = (n: number) => places.take().then((leave) => (entered.push(n), leave));
  const [first, second] = [await enter(1), await enter(2)];
  const third = enter(3);
  const fourth = enter(4);
  expect(entered).toEqual([1, 2]);
  first();
  first();
  await third;
  expect(entered).toEqual([1, 2, 3]);
  second();
  await fourth;
  expect(entered).toEqual([1, 2, 3, 4]);
});
