/**
 * What `npm ci --omit=dev` installs carries no licence that would bind what we ship. The lock says what is installed, the
 * installed packages say under which licence; one that is absent on this platform is judged by the lock.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0', // data of caniuse-lite, used at build time
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0', // file-level; lightningcss and mediabunny, unchanged
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]);

/** Judged one by one; each with the reason why it binds nothing of ours. */
const EXCEPTIONS: [path: RegExp, why: string][] = [
  [/@img\/sharp-/, 'libvips (LGPL-3.0) is a shared library that Next loads if it is there; not linked, not changed'],
  [/node_modules\/node-(bin-)?(darwin|linux|win)-/, "Node's own binary, MIT; some platform packages say nothing"],
];

interface Locked {
  dev?: boolean;
  link?: boolean;
  license?: string;
}
type Declared = string | { type?: string } | { type?: string }[] | undefined;

const text = (declared: Declared): string =>
  [declared]
    .flat()
    .map((one) => (typeof one === 'string' ? one : (one?.type ?? 'unknown')))
    .join(' AND ');

function licenceOf(path: string, locked: Locked): string {
  const file = join(root, path, 'package.json');
  if (!existsSync(file)) return text(locked.license);
  const declared = JSON.parse(readFileSync(file, 'utf8')) as { license?: Declared; licenses?: Declared };
  return text(declared.license ?? declared.licenses ?? locked.license);
}

const isAllowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => ALLOWED.has(one.trim())));

const installed = (): [path: string, locked: Locked][] => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  return Object.entries(lock.packages).filter(([path, { dev, link }]) => path !== '' && !dev && !link);
};

it('ships nothing under a licence that we did not choose', () => {
  const refused = installed()
    .filter(([path]) => !EXCEPTIONS.some(([pattern]) => pattern.test(path)))
    .map(([path, locked]) => `${path}: ${licenceOf(path, locked)}`)
    .filter((line) => !isAllowed(line.slice(line.indexOf(': ') + 2)));
  expect(refused).toEqual([]);
});

it('installs no libsignal but ours, and Baileys finds it (S24)', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const named = Object.keys(lock.packages).filter((path) => /(^|\/)libsignal(-node)?$/.test(path));
  expect(named.sort()).toEqual(['node_modules/libsignal', 'packages/libsignal']);
  expect(lock.packages['node_modules/libsignal']).toMatchObject({ link: true, resolved: 'packages/libsignal' });
  const baileys = createRequire(createRequire(import.meta.url).resolve('baileys'));
  expect(realpathSync(baileys.resolve('libsignal/src/curve.js'))).toBe(join(import.meta.dirname, 'src/curve.js'));
});

it('sees a GPL package for what it is', () => {
  expect(isAllowed('GPL-3.0')).toBe(false);
  expect(isAllowed('AGPL-3.0-only')).toBe(false);
  expect(isAllowed('unknown')).toBe(false);
  expect(isAllowed('(MIT OR GPL-3.0)')).toBe(true);
});
