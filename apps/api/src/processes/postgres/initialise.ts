import { spawn } from 'node:child_process';
import { chownSync, lchownSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Home } from './home.ts';
import { namedOwner, type Owner } from './owner.ts';

/** The role and the database that everything of ours uses. */
export const databaseName = 'trunkline';

/**
 * Makes the cluster, in a folder beside that takes its name only when it is whole: a start that was killed half way
 * leaves nothing that looks like a database.
 */
export async function initialiseCluster(home: Home, binaries: string): Promise<void> {
  const half = `${home.cluster}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  if (home.owner) chownSync(half, namedOwner.uid, namedOwner.gid);
  await initdb(join(binaries, 'bin', 'initdb'), half, home.owner && namedOwner);
  if (home.owner) giveTreeTo(home.owner, half);
  renameSync(half, home.cluster);
}

/** A cluster of another major version is left exactly as it is: only a dump and a restore can carry it over. */
export function checkMajor(cluster: string, shipped: number): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === String(shipped)) return;
  throw new StartError(
    `The database at ${cluster} is of PostgreSQL ${found}, and this version brings PostgreSQL ${shipped}. Nothing was touched: ` +
      'make a backup with the version that ran before, and restore it into a new data folder.',
  );
}

function initdb(program: string, cluster: string, runAs: Owner | undefined): Promise<void> {
  const options = ['--username', databaseName, '--auth', 'peer', '--data-checksums'];
  const locale = ['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
  const child = spawn(program, ['-D', cluster, ...options, ...locale], {
    ...runAs,
    cwd: cluster,
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', (error) => reject(new StartError(`PostgreSQL's initdb could not be run: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new StartError(`PostgreSQL's initdb failed: ${said.trim().replaceAll('\n', ' ')}`));
    });
  });
}

function giveTreeTo(owner: Owner, root: string): void {
  lchownSync(root, owner.uid, owner.gid);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
}
