import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isInstalled } from './install.mjs';

const elsewhere = process.platform === 'linux' ? 'darwin' : 'linux';
const lock = {
  '': { name: 'clone' },
  'apps/api': { version: '0.1.0' },
  'node_modules/@clone/api': { link: true, resolved: 'apps/api' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/here': {
    version: '1.0.0',
    integrity: 'sha512-h',
    optional: true,
    os: [process.platform],
    cpu: process.arch,
  },
  'node_modules/there': { version: '1.0.0', integrity: 'sha512-t', optional: true, os: elsewhere },
};
let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-install-'));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: lock }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What npm notes as installed: all of the lock that is for this system, but for what `change` makes of it. */
function installed(change = {}) {
  const { '': _root, 'node_modules/there': _there, ...rest } = lock;
  const packages = Object.fromEntries(Object.entries({ ...rest, ...change }).filter(([, entry]) => entry));
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
}

it('is what npm noted, less what is made for other systems', () => {
  installed();
  expect(isInstalled(folder)).toBe(true);
});

it('is missing while npm has noted nothing: no install, or one that was cut short', () => {
  expect(isInstalled(folder)).toBe(false);
});

it.each([
  ['a package is not there', { 'node_modules/a': undefined }],
  ['a package has another version', { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
  ['a package has other contents', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }],
  ['a workspace is not linked', { 'node_modules/@clone/api': undefined }],
  ['a package for this very system is not there', { 'node_modules/here': undefined }],
])('is stale when %s', (_case, change) => {
  installed(change);
  expect(isInstalled(folder)).toBe(false);
});
