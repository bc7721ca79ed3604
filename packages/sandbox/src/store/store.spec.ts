import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openStore } from './store.js';

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'sandbox-store-'));
  folders.push(made);
  return made;
};
afterEach(() => folders.splice(0).forEach((path) => rmSync(path, { recursive: true })));

it('keeps bytes over a reopening, by bucket and in key order', () => {
  const path = folder();
  const first = openStore(path);
  first.put('a', '2', new Uint8Array([2]));
  first.put('a', '1', new Uint8Array([1]));
  first.put('b', '1', new Uint8Array([9]));
  first.put('a', '1', new Uint8Array([7]));
  first.delete('b', '1');
  first.close();

  const second = openStore(path);
  expect(second.entries('a')).toEqual([
    ['1', new Uint8Array([7])],
    ['2', new Uint8Array([2])],
  ]);
  expect(second.entries('a', '1', 1).map(([key]) => key)).toEqual(['2']);
  expect(second.get('b', '1')).toBeUndefined();
  second.close();
});

it.each(['memory', 'a file'])('in %s takes back all of a transaction that throws, the inner ones too', (where) => {
  const store = openStore(where === 'memory' ? undefined : folder());
  store.put('a', '2', new Uint8Array([1]));
  const fail = () =>
    store.transaction(() => {
      store.transaction(() => store.put('a', '1', new Uint8Array([1])));
      store.put('a', '2', new Uint8Array([2]));
      store.put('a', '2', new Uint8Array([3]));
      store.clear('b');
      store.delete('a', '2');
      throw new Error('no');
    });
  expect(fail).toThrow('no');
  expect(store.entries('a')).toEqual([['2', new Uint8Array([1])]]);
  store.close();
});

it.each(['memory', 'a file'])('in %s answers in the order of the keys, in whatever order they came', (where) => {
  const store = openStore(where === 'memory' ? undefined : folder());
  const keys = () => store.entries('a', '1', 2).map(([key]) => key);
  for (const key of ['3', '1', '4']) store.put('a', key, new Uint8Array([Number(key)]));
  expect(keys()).toEqual(['3', '4']);
  store.put('a', '2', new Uint8Array([2]));
  expect(keys()).toEqual(['2', '3']);
  store.delete('a', '3');
  expect(keys()).toEqual(['2', '4']);
  expect(store.size('a')).toBe(3);
  store.clear('a');
  expect(store.entries('a')).toEqual([]);
  store.close();
});

it('is open once for each folder', () => {
  const path = folder();
  const store = openStore(path);
  expect(() => openStore(path)).toThrow('locked');
  store.close();
  openStore(path).close();
});
