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

it('takes back all of a transaction that throws, the inner ones too', () => {
  const store = openStore();
  const fail = () =>
    store.transaction(() => {
      store.transaction(() => store.put('a', '1', new Uint8Array([1])));
      throw new Error('no');
    });
  expect(fail).toThrow('no');
  expect(store.get('a', '1')).toBeUndefined();
  store.close();
});

it('is open once for each folder', () => {
  const path = folder();
  const store = openStore(path);
  expect(() => openStore(path)).toThrow('locked');
  store.close();
  openStore(path).close();
});
