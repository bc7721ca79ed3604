import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Lock {
  packages: Record<string, { version?: string; resolved?: string; license?: string }>;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;

it.each([
  ['baileys', 'baileys', '7.0.0-rc14'],
  ['zapo', 'zapo-js', '0.3.0'],
])('%s: %s is installed in exactly the version that the lock names', (client, name, version) => {
  const { packages } = read<Lock>(`clients/${client}/package-lock.json`);
  expect(packages[`node_modules/${name}`]?.version).toBe(version);
  expect(read<{ version: string }>(`clients/${client}/node_modules/${name}/package.json`).version).toBe(version);
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

it('Baileys has its own libsignal here, and not ours', () => {
  expect(read<{ license: string }>('clients/baileys/node_modules/libsignal/package.json').license).toBe('GPL-3.0');
  expect(read<{ license: string }>('../packages/libsignal/package.json').license).toBe('Apache-2.0');
});
