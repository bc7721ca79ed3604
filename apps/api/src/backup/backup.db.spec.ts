import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { knownMigrations } from '../database/migrate.js';
import { createDatabase, dropDatabase } from '../processes/postgres/database.ts';
import { withDatabase } from '../processes/postgres/url.ts';
import { useDatabase } from '../testing/database.js';
import { noPostgres15, startPostgres15 } from '../testing/installed-postgres.ts';
import { makeAccount } from '../modules/whatsapp/testing/account.builder.js';
import { appendEvents, newEvent } from '../modules/whatsapp/events/event.log.repository.js';
import { insertCommand } from '../modules/cluster/commands/command.repository.js';
import { upsertRecords } from '../modules/whatsapp/sessions/record.repository.js';
import { writeEncrypted } from './backup.file.js';
import { type BackupHead, FORMAT, line } from './backup.format.js';
import { restoreBackup } from './restore.writer.js';
import { tablesInOrder } from './table.repository.js';
import { checkBackup, writeBackup } from './backup.writer.js';

const PASSPHRASE = 'correct horse battery';
const now = new Date('2026-11-25T12:00:00Z');

/** Turning a passphrase into a key is slow on purpose. */
describe('a backup', { timeout: 60_000 }, () => {
  const source = useDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-backup-'));
  const targets: string[] = [];
  let path: string;
  const fresh = () => (path = join(folder, randomUUID()));

  beforeAll(async () => {
    const { id } = await makeAccount(source, {
      wanted: 'online',
      status: 'active',
      connection: 'connected',
      linked: true,
      notes: 'tab\there, line\nthere, \\. and \\N, “quoted”',
    });
    await makeAccount(source, { status: 'banned', reason: 'banned' });
    await source.pool.query(`update mkt_wap_leases set owner = $1, epoch = 7`, [randomUUID()]);
    for (const kind of ['creds', 'session', 'sender-key', 'pre-key'] as const) {
      await upsertRecords(source.pool, [{ accountId: id, kind, id: 'x', sealed: randomBytes(300) }], now);
    }
    for (let i = 0; i < 500; i += 1)
      await appendEvents(source.pool, [newEvent('account.deleted', id, { accountId: id }, now)]);
    await insertCommand(source.pool, { id: randomUUID(), accountId: id, verb: 'reset', input: {} }, now, now);
  });
  afterEach(async () => {
    for (const name of targets.splice(0)) await dropDatabase(inject('maintenanceUrl'), name);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (options: Partial<Parameters<typeof writeBackup>[0]> = {}) =>
    writeBackup({
      databaseUrl: source.url,
      path: fresh(),
      passphrase: PASSPHRASE,
      version: '1.0.0',
      now,
      keyId: 'abc',
      key: 'ff',
      ...options,
    });
  const empty = async () => {
    const name = `spec_${randomUUID().replaceAll('-', '')}`;
    await createDatabase(inject('maintenanceUrl'), name);
    targets.push(name);
    return withDatabase(inject('maintenanceUrl'), name);
  };
  const heads: BackupHead[] = [];
  const restore = (databaseUrl: string, passphrase = PASSPHRASE, keepMedia = false) =>
    restoreBackup({ databaseUrl, path, passphrase, now, keepMedia, onHead: async (head) => void heads.push(head) });
  const ask = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return work(client).finally(() => client.end());
  };
  const rowsOf = (url: string, table: string) =>
    ask(url, async (client) =>
      (await client.query(`select t::text from "${table}" t order by 1`)).rows.map(({ t }) => t),
    );

  it('holds every row of every table, and is restored to the same rows elsewhere', async () => {
    const { rows, tables } = await write();
    const target = await empty();
    expect(await restore(target)).toEqual({ accounts: 2, rows });
    expect(heads.at(-1)).toMatchObject({ version: '1.0.0', keyId: 'abc', key: 'ff', createdAt: now.toISOString() });
    const names = (await ask(source.url, tablesInOrder)).map(({ table }) => table);
    expect(names).toHaveLength(tables);
    const changed = ['mkt_wap_accounts', 'mkt_wap_leases', 'mkt_wap_session_records'];
    for (const name of names.filter((each) => !changed.includes(each))) {
      expect(await rowsOf(target, name), name).toEqual(await rowsOf(source.url, name));
    }
    expect(await rowsOf(target, 'mkt_wap_commands')).toEqual([]);
  });

  it('is restored with every account offline and unowned, without ratchets, and goes on counting', async () => {
    await write();
    const target = await empty();
    await restore(target);
    await ask(target, async (client) => {
      const { rows } = await client.query(
        'select wanted, status, connection, user_action, notes, status_note from mkt_wap_accounts order by status',
      );
      expect(rows).toMatchObject([
        { wanted: 'offline', status: 'banned', connection: 'offline' },
        {
          wanted: 'offline',
          status: 'inactive',
          connection: 'offline',
          user_action: 'reconnect',
          notes: 'tab\there, line\nthere, \\. and \\N, “quoted”',
        },
      ]);
      expect(rows[1].status_note).toContain('Restored from a backup of 2026-11-25');
      expect((await client.query('select owner, epoch from mkt_wap_leases')).rows).toEqual([
        { owner: null, epoch: 7 },
        { owner: null, epoch: 7 },
      ]);
      expect(
        (await client.query('select kind from mkt_wap_session_records order by kind')).rows.map(({ kind }) => kind),
      ).toEqual(['creds', 'pre-key']);
      const last = (await client.query('select max("row") as n from mkt_wap_events')).rows[0].n;
      await appendEvents(client, [newEvent('account.deleted', null, { accountId: randomUUID() }, now)]);
      expect((await client.query('select max("row") as n from mkt_wap_events')).rows[0].n).toBe(last + 1);
    });
  });

  it('is restored on PostgreSQL 15, the oldest that is supported, to the same rows', async (context) => {
    if (noPostgres15) return context.skip(noPostgres15);
    const { rows } = await write();
    const server = await startPostgres15();
    try {
      await createDatabase(server.url, 'elsewhere');
      const target = withDatabase(server.url, 'elsewhere');
      expect(await restore(target)).toEqual({ accounts: 2, rows });
      const changed = ['mkt_wap_accounts', 'mkt_wap_leases', 'mkt_wap_session_records'];
      for (const { table } of await ask(source.url, tablesInOrder)) {
        if (changed.includes(table)) continue;
        expect(await rowsOf(target, table), table).toEqual(await rowsOf(source.url, table));
      }
      const [version] = (await ask(target, (client) => client.query('show server_version_num'))).rows;
      expect(version.server_version_num).toMatch(/^15/);
    } finally {
      await server.stop();
    }
  });

  it('says of each file whether it can be fetched again, or keeps it where the files are there too', async () => {
    const [{ id: accountId }] = (await source.pool.query(`select id from mkt_wap_accounts where linked`)).rows;
    const media = (origin: string, reference: Buffer | null) =>
      source.pool.query(
        `insert into mkt_wap_media (id, account_id, origin, state, mime, sha256, reference, created_at, updated_at)
         values (gen_random_uuid(), $1, $2, 'ready', 'image/png', 'aa', $3, $4, $4)`,
        [accountId, origin, reference, now],
      );
    await media('in', Buffer.from('sealed'));
    await media('out', null);
    await source.pool.query(`insert into mkt_wap_media_files (sha256, size, put_at) values ('aa', 7, $1)`, [now]);
    await write();
    const states = async (url: string) =>
      (await ask(url, (client) => client.query('select origin, state, sha256 from mkt_wap_media order by origin')))
        .rows;
    const without = await empty();
    await restore(without);
    expect(await states(without)).toEqual([
      { origin: 'in', state: 'remote', sha256: null },
      { origin: 'out', state: 'gone', sha256: null },
    ]);
    const beside = await empty();
    await restore(beside, PASSPHRASE, true);
    expect(await states(beside)).toEqual([
      { origin: 'in', state: 'ready', sha256: 'aa' },
      { origin: 'out', state: 'ready', sha256: 'aa' },
    ]);
    await source.pool.query('truncate mkt_wap_media, mkt_wap_media_files cascade');
  });

  it('asks for the pictures of people anew where the files are not in it, and for nothing else', async () => {
    const { id } = await makeAccount(source, { linked: true });
    await source.pool.query(
      `insert into mkt_wap_profiles (id, account_id, about, picture_id, sha256, size, mime, checked_at, created_at)
       values (gen_random_uuid(), $1, 'Fresh bread', 'p1', 'aa', 7, 'image/jpeg', $2, $2)`,
      [id, now],
    );
    await write();
    const profiles = (url: string) =>
      ask(url, async (client) => (await client.query('select * from mkt_wap_profiles')).rows);
    const without = await empty();
    await restore(without);
    expect(await profiles(without)).toMatchObject([
      { about: 'Fresh bread', picture_id: null, sha256: null, size: null, mime: null, wanted_at: now, attempts: 0 },
    ]);
    const withFiles = await empty();
    await restore(withFiles, PASSPHRASE, true);
    expect(await profiles(withFiles)).toMatchObject([{ picture_id: 'p1', sha256: 'aa', wanted_at: null }]);
    await source.pool.query('delete from mkt_wap_accounts where id = $1', [id]);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    let writing = true;
    const pairs = (async () => {
      while (writing) await makeAccount(source, { name: 'meanwhile' });
    })();
    await write().finally(() => (writing = false));
    await pairs;
    const target = await empty();
    await restore(target);
    const { rows } = await ask(target, (client) =>
      client.query(
        'select (select count(*) from mkt_wap_accounts) as accounts, (select count(*) from mkt_wap_leases) as leases',
      ),
    );
    // Account and lease are two statements: one of the two may be there alone, and never more than that.
    expect(rows[0].accounts - rows[0].leases).toBeLessThanOrEqual(1);
    await source.pool.query(`delete from mkt_wap_accounts where name = 'meanwhile'`);
  });

  it('is refused with a wrong passphrase, cut off, changed, or no backup; the target stays empty and can be used', async () => {
    await write();
    const [target, whole, good] = [await empty(), path, readFileSync(path)];
    await expect(restore(target, 'a wrong passphrase')).rejects.toThrow('The passphrase is wrong.');
    for (const length of [good.length - 1, Math.floor(good.length / 2), 100, 0]) {
      writeFileSync(path, good);
      truncateSync(path, length);
      await expect(restore(target), `${length} bytes`).rejects.toMatchObject({ name: 'BackupBroken' });
    }
    const changed = Buffer.from(good);
    changed[good.length - 500]! ^= 1;
    writeFileSync(path, changed);
    await expect(restore(target)).rejects.toMatchObject({ name: 'BackupBroken' });
    writeFileSync(path, 'hello');
    await expect(restore(target)).rejects.toThrow('It is not a backup of Trunkline');
    writeFileSync((path = whole), good);
    expect((await restore(target)).accounts).toBe(2);
  });

  it('is refused when rows are not those that were counted, a table is missing, or the end is', async () => {
    const head = {
      trunkline: 'backup',
      format: FORMAT,
      version: '1.0.0',
      createdAt: now.toISOString(),
      migrations: knownMigrations(),
      keyId: 'a',
      key: null,
      sequences: {},
    };
    const table = line({ table: 'mkt_wap_facts', columns: ['name', 'value', 'at'] });
    const [row, end] = [Buffer.from('a\tb\t2026-01-01\n'), Buffer.from('\\.\n')];
    const sum = line({ rows: 1, sha256: 'f'.repeat(64) });
    const target = await empty();
    for (const parts of [
      [table, row, end, sum, line({ tables: 1 })],
      [line({ tables: 1 })],
      [table, row],
      [table, row, end],
      [],
    ]) {
      const plain = (async function* () {
        yield line(head);
        yield* parts;
      })();
      await writeEncrypted(fresh(), PASSPHRASE, plain);
      await expect(restore(target)).rejects.toMatchObject({ name: 'BackupBroken' });
    }
  });

  it('is refused when a newer version made it, or the target holds something', async () => {
    await write();
    await expect(restore(source.url)).rejects.toThrow(/The target is not empty \(mkt_wap_\w+ holds rows\)/);
    const head = {
      trunkline: 'backup',
      format: FORMAT,
      version: '9.0.0',
      createdAt: now.toISOString(),
      migrations: ['of the future'],
      keyId: 'a',
      key: null,
      sequences: {},
    };
    await writeEncrypted(
      fresh(),
      PASSPHRASE,
      (async function* () {
        yield line(head);
        yield line({ tables: 0 });
      })(),
    );
    await expect(restore(await empty())).rejects.toThrow('made by a newer version (9.0.0)');
  });

  it('says what is wrong with its place, and leaves what another backup is writing there', async () => {
    const away = join(folder, 'nowhere', 'all');
    await expect(write({ path: away })).rejects.toThrow(
      `There is no folder ${join(folder, 'nowhere')}; make it first.`,
    );
    const there = join(folder, 'there');
    writeFileSync(`${there}.half`, 'another');
    await expect(write({ path: there })).rejects.toThrow('another backup to this place is under way');
    expect(readFileSync(`${there}.half`, 'utf8')).toBe('another');
    await expect(checkBackup(away, PASSPHRASE)).rejects.toThrow(`There is no file ${away}.`);
    await expect(checkBackup(folder, PASSPHRASE)).rejects.toThrow('is no file');
  });

  it('never takes the place of a file, and leaves no half of one', async () => {
    await write();
    await expect(
      writeBackup({ databaseUrl: source.url, path, passphrase: PASSPHRASE, version: '1', now, keyId: 'a', key: null }),
    ).rejects.toThrow('is there already');
    await expect(write({ databaseUrl: withDatabase(source.url, 'nowhere') })).rejects.toThrow();
    expect(() => readFileSync(path)).toThrow();
    expect(() => readFileSync(`${path}.half`)).toThrow();
  });
});
