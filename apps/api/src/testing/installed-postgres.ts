import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Guard } from '../processes/guard/guard.ts';
import { identify } from '../processes/identity.ts';
import { socketUrl } from '../processes/postgres/url.ts';
import { waitUntil } from '../processes/wait.ts';
import type { SpecPostgres } from './spec-postgres.ts';

/** The oldest version that is supported, where Debian's packages put it. */
const BINARIES = '/usr/lib/postgresql/15/bin';

/** Why a spec that wants it is skipped; undefined when it is there. */
export const noPostgres15 = existsSync(join(BINARIES, 'postgres'))
  ? undefined
  : `there is no PostgreSQL 15 on this machine (${BINARIES})`;

/** PostgreSQL 15 as the machine has it, in a temporary folder that goes with it. */
export async function startPostgres15(): Promise<SpecPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'tl-pg15-'));
  const runAs = unprivileged();
  if (runAs) chownSync(folder, runAs.uid, runAs.gid);
  const cluster = join(folder, 'cluster');
  const options = { ...runAs, stdio: 'ignore' } as const;
  execFileSync(
    join(BINARIES, 'initdb'),
    ['-D', cluster, '-U', 'spec', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    options,
  );
  const settings = { listen_addresses: '', unix_socket_directories: folder, fsync: 'off' };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(BINARIES, 'postgres'), ['-D', cluster, ...flags], options);
  // A run that is killed leaves no server behind.
  const guard = new Guard();
  await guard.start();
  guard.watch({ ...identify(child.pid!)!, name: 'database', kind: 'postgres' });
  const url = socketUrl(folder, 'spec', 'postgres');
  const ready = await waitUntil(() => answers(url), { withinMs: 30_000 });
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
    guard.close();
    rmSync(folder, { recursive: true, force: true });
  };
  if (ready) return { url, stop };
  await stop();
  throw new Error('PostgreSQL 15 did not start');
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** It does not run as root; Debian has a user for it. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  const ask = (what: string) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}
