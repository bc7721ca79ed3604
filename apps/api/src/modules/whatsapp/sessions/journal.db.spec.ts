import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.js';
import { systemClock } from '../../../clock/clock.js';
import { useDatabase } from '../../../testing/database.js';
import type { Lease } from '../../cluster/lease.repository.js';
import { expireWorker } from '../../cluster/worker-leases.js';
import type { WorkerIdentity } from '../../cluster/worker.repository.js';
import { claim, makeWorker, ownAccounts } from '../testing/account.builder.js';
import { AccountJournal } from './account.journal.js';
import { mendRecord } from './broken.record.js';
import { Committer } from './committer.js';
import type { Entry, EntryWriter } from './entry.js';
import { cutSession } from './generation.repository.js';
import { RecordCache } from './record.cache.js';
import { RecordReader } from './record.reader.js';
import { readAllRecords } from './record.repository.js';
import { Vault } from './vault.js';

const bytes = (text: string) => Buffer.from(text);

describe('the journal', () => {
  const database = useDatabase();
  const vault = new Vault(randomBytes(32));
  let worker: WorkerIdentity;
  let valid = true;
  let lost: string[];
  let parked: Entry[];
  let batches: Entry[][];
  let committer: Committer;

  /** Keeps what it is given as events, so that the database sees entries too. */
  const noteWriter: EntryWriter = async (sql, entries) => {
    batches.push([...entries]);
    for (const entry of entries) {
      if (entry.data === 'poison') await sql.query('select 1/0');
      if (entry.data === 'fault') throw new TypeError('a fault of ours');
      if (entry.data === 'lapse') valid = false;
    }
    await sql.query(
      `insert into mkt_wap_secrets (id, account_id, kind, sealed, created_at, expires_at)
       select gen_random_uuid(), a, 'qr', '', now(), now() from unnest($1::uuid[]) as a`,
      [entries.map(({ accountId }) => accountId)],
    );
  };
  const open = (lease: Lease, cache = new RecordCache()) =>
    new AccountJournal(lease, 'sandbox', {
      vault,
      cache,
      mend: (key, sealed) => mendRecord(database.pool, vault, key, sealed),
      reader: new RecordReader(database.pool),
      dirty: (journal) => committer.dirty(journal),
      valid: () => valid,
    });
  const own = (count: number) => ownAccounts(database, worker, count);
  const stored = async ({ accountId }: Lease) =>
    (await readAllRecords(database.pool, accountId)).map(({ kind, id, sealed }) => [
      kind,
      id,
      vault.open({ accountId, kind, id }, sealed).toString(),
    ]);
  const notes = async ({ accountId }: Lease) =>
    (await database.pool.query('select count(*) as n from mkt_wap_secrets where account_id = $1', [accountId])).rows[0]
      .n;

  beforeEach(async () => {
    await database.empty('mkt_wap_accounts', 'mkt_wap_workers', 'mkt_wap_secrets', 'mkt_wap_events');
    [valid, lost, parked, batches] = [true, [], [], []];
    worker = await makeWorker(database);
    committer = new Committer({
      pool: database.pool,
      workerId: worker.id,
      vault,
      clock: systemClock,
      writers: new Map([['note', noteWriter]]),
      valid: () => valid,
      lost: (journal) => {
        lost.push(journal.lease.accountId);
        journal.close();
      },
      parked: (entry) => void parked.push(entry),
      committed: () => undefined,
    });
    return () => committer.stop();
  });

  it('shows what was put at once, and lets a frame go only when it is durable', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    const blocker = await database.pool.connect();
    await blocker.query('begin');
    await blocker.query('select from mkt_wap_leases for update');
    const released: string[] = [];
    journal.put('session', '1.0', bytes('new'));
    journal.write('note', 'x');
    journal.pass(() => released.push('frame'));
    expect((await journal.get('session', ['1.0'])).get('1.0')).toEqual(bytes('new'));
    await eventually(async () => {
      const { rows } = await database.pool.query(`select from pg_locks where not granted`);
      expect(rows.length).toBeGreaterThan(0);
    });
    expect(released).toEqual([]);
    expect(await stored(lease!)).toEqual([]);
    await blocker.query('commit');
    blocker.release();
    await journal.settled();
    expect(released).toEqual(['frame']);
    expect(await stored(lease!)).toEqual([['session', '1.0', 'new']]);
    expect(await notes(lease!)).toBe(1);
  });

  it('takes the changes of many accounts together, and keeps the order of each', async () => {
    const journals = (await own(40)).map((lease) => open(lease));
    const released: string[] = [];
    journals.forEach((journal, i) => {
      for (let frame = 0; frame < 3; frame += 1) {
        journal.put('session', '1.0', bytes(`${frame}`));
        journal.write('note', frame);
        journal.pass(() => released.push(`${i}:${frame}`));
      }
    });
    await Promise.all(journals.map((journal) => journal.settled()));
    expect(batches).toHaveLength(1);
    expect(batches[0]).toHaveLength(120);
    expect(released).toHaveLength(120);
    for (let i = 0; i < 40; i += 1) {
      expect(released.filter((name) => name.startsWith(`${i}:`))).toEqual([`${i}:0`, `${i}:1`, `${i}:2`]);
    }
  });

  it('lets a frame go at once when nothing waits', async () => {
    const [lease] = await own(1);
    let gone = false;
    open(lease!).pass(() => (gone = true));
    expect(gone).toBe(true);
  });

  it('writes nothing and lets nothing go once another owns the account; others go on', async () => {
    const leases = await own(2);
    const [taken, kept] = leases.map((lease) => open(lease));
    const other = await makeWorker(database);
    await database.pool.query('update mkt_wap_leases set owner = $1, epoch = epoch + 1 where account_id = $2', [
      other.id,
      leases[0]!.accountId,
    ]);
    let gone = false;
    taken!.put('creds', 'creds', bytes('mine'));
    taken!.write('note', 'x');
    taken!.pass(() => (gone = true));
    kept!.put('creds', 'creds', bytes('kept'));
    await Promise.all([expect(taken!.settled()).rejects.toThrow('another worker'), kept!.settled()]);
    expect(lost).toEqual([leases[0]!.accountId]);
    expect(gone).toBe(false);
    expect(await stored(leases[0]!)).toEqual([]);
    expect(await notes(leases[0]!)).toBe(0);
    expect(await stored(leases[1]!)).toEqual([['creds', 'creds', 'kept']]);
  });

  it('writes nothing once the heartbeat has lapsed in the database, though our clock does not know', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    await expireWorker(database.pool, worker.id);
    journal.put('creds', 'creds', bytes('late'));
    await expect(journal.settled()).rejects.toThrow('another worker');
    expect(await stored(lease!)).toEqual([]);
  });

  it('lets no frame go when our own clock says that the lease has run out', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    let gone = false;
    journal.put('creds', 'creds', bytes('x'));
    journal.pass(() => (gone = true));
    valid = false;
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    journal.pass(() => (gone = true));
    expect(gone).toBe(false);
  });

  it('lets no frame go by a lease that has run out, though everything is durable', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    let gone = false;
    valid = false;
    journal.pass(() => (gone = true));
    expect(gone).toBe(false);
  });

  it('takes back what it has written when the lease runs out before the commit', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    let gone = false;
    journal.put('creds', 'creds', bytes('late'));
    journal.write('note', 'lapse');
    journal.pass(() => (gone = true));
    await eventually(async () => expect(valid).toBe(false));
    await eventually(async () => {
      const { rows } = await database.pool
        .query(`select from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock'
        and database = (select oid from pg_database where datname = current_database())`);
      expect(rows).toEqual([]);
    });
    expect(gone).toBe(false);
    expect(await stored(lease!)).toEqual([]);
    expect(await notes(lease!)).toBe(0);
  });

  it.each(['happened', 'did not happen'])(
    'writes once when the connection breaks as it commits, and the commit %s',
    async (what) => {
      const [lease] = await own(1);
      const journal = open(lease!);
      breakNextCommit(what === 'happened');
      let gone = 0;
      journal.put('session', '1.0', bytes('x'));
      journal.write('note', 'x');
      journal.pass(() => (gone += 1));
      await journal.settled();
      expect(gone).toBe(1);
      expect(batches).toHaveLength(what === 'happened' ? 1 : 2);
      expect(await notes(lease!)).toBe(1);
      expect(await stored(lease!)).toEqual([['session', '1.0', 'x']]);
    },
  );

  /** The network to the database: the answer to one COMMIT is lost, and so is the question, unless it `arrives`. */
  function breakNextCommit(arrives: boolean): void {
    const { pool } = database;
    const connect = pool.connect;
    pool.connect = async () => {
      pool.connect = connect;
      const client = await pool.connect();
      const query = client.query;
      const breaking = async (...asked: unknown[]): Promise<unknown> => {
        if (asked[0] !== 'commit') return Reflect.apply(query, client, asked);
        client.query = query;
        await client.query(arrives ? 'commit' : 'rollback');
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      };
      client.query = breaking as typeof query;
      return client;
    };
  }

  it('leaves the old state when the process dies between put and commit', async () => {
    const [lease] = await own(1);
    const before = open(lease!);
    before.put('session', '1.0', bytes('old'));
    await before.settled();
    const dying = open(lease!);
    let gone = false;
    dying.put('session', '1.0', bytes('half'));
    dying.pass(() => (gone = true));
    dying.close();
    const after = open(lease!);
    expect((await after.get('session', ['1.0'])).get('1.0')).toEqual(bytes('old'));
    expect(gone).toBe(false);
  });

  it.each(['poison', 'fault'])(
    'keeps aside what cannot be written (%s), shows it, and goes on with the rest',
    async (bad) => {
      const leases = await own(5);
      const journals = leases.map((lease) => open(lease));
      let gone = 0;
      for (const [i, journal] of journals.entries()) {
        journal.write('note', 'first');
        if (i === 2) journal.write('note', bad);
        journal.write('note', 'last');
        journal.put('session', '1.0', bytes('s'));
        journal.pass(() => (gone += 1));
      }
      await Promise.all(journals.map((journal) => journal.settled()));
      expect(gone).toBe(5);
      expect(parked.map(({ accountId, data }) => [accountId, data])).toEqual([[leases[2]!.accountId, bad]]);
      for (const lease of leases) {
        expect(await notes(lease)).toBe(2);
        expect(await stored(lease)).toHaveLength(1);
      }
      const { rows } = await database.pool.query('select account_id, event from mkt_wap_events');
      expect(rows).toEqual([{ account_id: leases[2]!.accountId, event: 'account.error' }]);
      const { rows: kept } = await database.pool.query('select id, sealed, type from mkt_wap_parked_entries');
      const place = { accountId: leases[2]!.accountId, kind: 'parked', id: kept[0].id };
      expect(JSON.parse(vault.open(place, kept[0].sealed).toString())).toBe(bad);
    },
  );

  it('keeps a record aside that the database refuses', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    journal.put('session', 'a\0b', bytes('x'));
    journal.put('session', 'good', bytes('y'));
    await journal.settled();
    expect(parked.map(({ type }) => type)).toEqual(['record']);
    expect(await stored(lease!)).toEqual([['session', 'good', 'y']]);
  });

  it('waits while the database is away, and writes everything once', async () => {
    const journals = (await own(3)).map((lease) => open(lease));
    let gone = 0;
    const end = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    for (let round = 0; round < 20; round += 1) {
      for (const journal of journals) {
        journal.put('session', `${round}`, bytes('x'));
        journal.write('note', round);
        journal.pass(() => (gone += 1));
      }
      await database.pool.query(end).catch(() => undefined);
    }
    await Promise.all(journals.map((journal) => journal.settled()));
    expect(gone).toBe(60);
    for (const { lease } of journals) {
      expect(await stored(lease)).toHaveLength(20);
      expect(await notes(lease)).toBe(20);
    }
  });

  it('deletes, and remembers what is not there', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    journal.put('session', '1.0', bytes('x'));
    journal.put('pre-key', '7', bytes('k'));
    await journal.settled();
    expect((await journal.get('pre-key', ['7', '8'])).get('7')).toEqual(bytes('k'));
    journal.put('session', '1.0', null);
    expect(await journal.get('session', ['1.0', '2.0'])).toEqual(new Map());
    await journal.settled();
    expect(await journal.get('session', ['1.0', '2.0'])).toEqual(new Map());
    expect(await stored(lease!)).toEqual([['pre-key', '7', 'k']]);
  });

  it('begins a session anew at a cut: nothing of the old is seen from then on, and all of it is kept', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    journal.put('creds', 'creds', bytes('old'));
    journal.put('session', '1.0', bytes('old'));
    await journal.settled();
    journal.put('session', '2.0', bytes('old'));
    journal.cut({ keep: false, cause: 'reset' });
    expect(await journal.get('creds', ['creds'])).toEqual(new Map());
    journal.put('session', '1.0', bytes('new'));
    expect((await journal.get('session', ['1.0', '2.0'])).get('1.0')).toEqual(bytes('new'));
    await journal.settled();
    expect(await stored(lease!)).toEqual([['session', '1.0', 'new']]);
    expect(await journal.get('session', ['2.0'])).toEqual(new Map());
    const { rows } = await database.pool.query(
      'select cause, record_count, expires_at - created_at = $1::interval as month from mkt_wap_session_generations',
      ['30 days'],
    );
    expect(rows).toEqual([{ cause: 'reset', record_count: 3, month: true }]);
  });

  it('brings the newest snapshot back without its ratchets, and none from before the account was unlinked', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    journal.put('creds', 'creds', bytes('one'));
    journal.put('session', '1.0', bytes('ratchet'));
    journal.put('pre-key', '7', bytes('k'));
    journal.cut({ keep: true, cause: 'linked' });
    journal.put('creds', 'creds', bytes('broken'));
    await journal.settled();
    const restore = () =>
      cutSession(
        database.pool,
        vault,
        lease!.accountId,
        { keep: false, cause: 'invalid', restore: 'newest' },
        new Date(),
      );
    await restore();
    expect(await stored(lease!)).toEqual([
      ['creds', 'creds', 'one'],
      ['pre-key', '7', 'k'],
    ]);
    await cutSession(database.pool, vault, lease!.accountId, { keep: false, cause: 'unlinked' }, new Date());
    await restore();
    expect(await stored(lease!)).toEqual([]);
  });

  it('lets a muted session send its last frames, and none of its writing stays', async () => {
    const [lease] = await own(1);
    const journal = open(lease!);
    const events: string[] = [];
    const view = journal.open((event) => events.push(event.type));
    view.put('creds', 'creds', bytes('live'));
    view.emit({ type: 'connecting' });
    view.mute();
    journal.cut({ keep: false, cause: 'reset' });
    view.put('creds', 'creds', bytes('late'));
    view.emit({ type: 'open' });
    const passed = new Promise<void>((resolve) => view.pass(resolve));
    await passed;
    expect(events).toEqual(['connecting']);
    expect(await stored(lease!)).toEqual([]);
    view.close();
    let gone = false;
    view.pass(() => (gone = true));
    expect(gone).toBe(false);
  });

  it('keeps the epoch of a takeover: the new owner writes, the old does not', async () => {
    const [lease] = await own(1);
    const old = open(lease!);
    old.put('creds', 'creds', bytes('a'));
    await old.settled();
    await expireWorker(database.pool, worker.id);
    const next = await makeWorker(database);
    const [taken] = await claim(database, next);
    expect(taken).toEqual({ accountId: lease!.accountId, epoch: lease!.epoch + 1 });
    old.put('creds', 'creds', bytes('b'));
    await expect(old.settled()).rejects.toThrow('another worker');
    expect(await stored(lease!)).toEqual([['creds', 'creds', 'a']]);
  });
});
