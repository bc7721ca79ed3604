import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, type ProcessIdentity, signal } from '../identity.ts';
import { silentLog } from '../log.ts';
import { StartError } from '../start-error.ts';
import { waitUntil } from '../wait.ts';
import { usableBinaries } from './binaries.ts';
import { withClient } from './database.ts';
import { openHome } from './home.ts';
import { readHomeRecord } from './home-record.ts';
import { findPlatformPackage } from './platform-package.ts';
import { startPostmaster } from './postmaster.ts';
import { Postgres } from './postgres.ts';
import { removeDatabaseFiles } from './remove.ts';

let dataFolder: string;
let running: Postgres[];
let processes: ProcessIdentity[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'trunkline-postgres-'));
  [running, processes] = [[], []];
});
afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  removeDatabaseFiles(dataFolder);
  rmSync(dataFolder, { recursive: true, force: true });
  expect(processes.filter(isAlive)).toEqual([]);
});

async function prepare(): Promise<Postgres> {
  const postgres = await Postgres.prepare({ dataFolder, log: silentLog });
  postgres.on('started', (identity) => processes.push(identity));
  running.push(postgres);
  return postgres;
}

async function start(): Promise<Postgres> {
  const postgres = await prepare();
  await postgres.start();
  return postgres;
}

const ask = async (postgres: Postgres, sql: string) =>
  (await withClient(postgres.url, (client) => client.query(sql))).rows;
const answers = (postgres: Postgres) =>
  ask(postgres, 'select 1').then(
    () => true,
    () => false,
  );

describe('the shipped PostgreSQL', () => {
  it('is durable, listens on no TCP port, and runs as an unprivileged user', async () => {
    const postgres = await start();
    const [settings] = await ask(
      postgres,
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
        current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as listen,
        current_setting('data_checksums') as checksums`,
    );
    expect(settings).toEqual({ fsync: 'on', pages: 'on', commit: 'on', listen: '', checksums: 'on' });
    const { cluster, socketFolder } = readHomeRecord(dataFolder)!;
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    expect(statSync(cluster).mode & 0o777).toBe(0o700);
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${processes[0]!.pid}/status`, 'utf8');
      expect(Number(/^Uid:\s+(\d+)/m.exec(status)![1])).not.toBe(0);
    }
  });

  it('keeps its rows over a stop, and over a kill -9 of the whole server, and is started again', async () => {
    const first = await start();
    await ask(first, 'create table kept (n int)');
    await ask(first, 'insert into kept values (1)');
    await first.stop();

    const second = await start();
    await ask(second, 'insert into kept values (2)');
    signal(processes.at(-1)!, 'SIGKILL');
    expect(await waitUntil(() => processes.length === 3 && answers(second), { withinMs: 20_000 })).toBe(true);
    expect(await ask(second, 'select n from kept order by n')).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('is stopped and started anew when an earlier parent left it running', async () => {
    await (await start()).stop();
    const home = openHome(dataFolder);
    const orphan = await startPostmaster(
      {
        home,
        binaries: await usableBinaries(findPlatformPackage(), home, dataFolder),
        settings: { listen_addresses: '' },
        logFile: join(dataFolder, 'orphan.log'),
        onSpawn: (identity) => processes.push(identity),
        onExit: () => undefined,
      },
      running[0]!.url,
    );
    const next = await start();
    expect(await answers(next)).toBe(true);
    expect(isAlive(orphan.identity)).toBe(false);
  });

  it('does not take a stranger with the number of a dead server for a running one', async () => {
    const postgres = await start();
    await postgres.stop();
    const { cluster } = readHomeRecord(dataFolder)!;
    writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n/tmp\n\n  1 1\nready\n`);
    expect(await answers(await start())).toBe(true);
  });

  it('names a database of another major version and touches nothing', async () => {
    const postgres = await start();
    await postgres.stop();
    const version = join(readHomeRecord(dataFolder)!.cluster, 'PG_VERSION');
    writeFileSync(version, '17\n');
    await expect(prepare()).rejects.toThrow(
      /is of PostgreSQL 17, and this version brings PostgreSQL 18. Nothing was touched/,
    );
    expect(readFileSync(version, 'utf8')).toBe('17\n');
  });

  it('never makes an empty database in the place of one that is gone', async () => {
    const postgres = await start();
    await postgres.stop();
    const { cluster } = readHomeRecord(dataFolder)!;
    rmSync(cluster, { recursive: true });
    await expect(prepare()).rejects.toThrow(StartError);
    expect(existsSync(cluster)).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)(
    'refuses the copy of a data folder whose original still names the database',
    async () => {
      await start();
      const copy = `${dataFolder}-copy`;
      cpSync(dataFolder, copy, { recursive: true });
      try {
        await expect(Postgres.prepare({ dataFolder: copy, log: silentLog })).rejects.toThrow(/is a copy of/);
      } finally {
        rmSync(copy, { recursive: true });
      }
    },
  );
});
