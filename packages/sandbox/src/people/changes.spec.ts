import { expect, it } from 'vitest';
import { Changes } from './changes.js';

it('wakes those who wait when what they wait for has happened', async () => {
  const changes = new Changes();
  let seen = 0;
  const waiting = changes.until(() => seen === 2, 60_000);
  seen = 1;
  changes.announce();
  seen = 2;
  changes.announce();
  await waiting;
  expect(changes.revision).toBe(2);
});

it('does not wait for what holds already, for no time, or for a caller who is gone', async () => {
  const changes = new Changes();
  await changes.until(() => true, 60_000);
  await changes.until(() => false, 0);
  const caller = new AbortController();
  const waiting = changes.until(() => false, 60_000, caller.signal);
  caller.abort();
  await waiting;
});
