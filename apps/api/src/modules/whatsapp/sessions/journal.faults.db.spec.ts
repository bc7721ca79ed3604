import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import { bytes } from './testing/journal.world.js';
import { note, useNotes } from './testing/notes.js';

describe('the journal, when something breaks,', () => {
  const database = useDatabase();
  const notes = useNotes(database);
  const { world } = notes;

  it.each(['happened', 'did not happen'])(
    'writes once when the connection breaks as it commits, and the commit %s',
    async (what) => {
      const { lease, journal } = await world().one();
      breakNextCommit(what === 'happened');
      let gone = 0;
      journal.put('session', '1.0', bytes('x'));
      note(journal, 'x');
      journal.pass(() => (gone += 1));
      await journal.settled();
      expect(gone).toBe(1);
      expect(notes.batches()).toHaveLength(what === 'happened' ? 1 : 2);
      expect(await notes.count(lease)).toBe(1);
      expect(await world().stored(lease)).toEqual([['session', '1.0', 'x']]);
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
    const [lease] = await world().own(1);
    const before = world().open(lease!);
    before.put('session', '1.0', bytes('old'));
    await before.settled();
    const dying = world().open(lease!);
    let gone = false;
    dying.put('session', '1.0', bytes('half'));
    dying.pass(() => (gone = true));
    dying.close();
    const after = world().open(lease!);
    expect((await after.get('session', ['1.0'])).get('1.0')).toEqual(bytes('old'));
    expect(gone).toBe(false);
  });

  it.each(['poison', 'fault'])(
    'keeps aside what cannot be written (%s), shows it, and goes on with the rest',
    async (bad) => {
      const leases = await world().own(5);
      const journals = leases.map((lease) => world().open(lease));
      let gone = 0;
      for (const [i, journal] of journals.entries()) {
        note(journal, 'first');
        if (i === 2) note(journal, bad);
        note(journal, 'last');
        journal.put('session', '1.0', bytes('s'));
        journal.pass(() => (gone += 1));
      }
      await Promise.all(journals.map((journal) => journal.settled()));
      expect(gone).toBe(5);
      expect(world().parked).toMatchObject([{ accountId: leases[2]!.accountId, data: { line: bad } }]);
      for (const lease of leases) {
        expect(await notes.count(lease)).toBe(2);
        expect(await world().stored(lease)).toHaveLength(1);
      }
      const { rows } = await database.pool.query('select account_id, event from mkt_wap_events');
      expect(rows).toEqual([{ account_id: leases[2]!.accountId, event: 'account.error' }]);
      const { rows: kept } = await database.pool.query('select id, sealed, type from mkt_wap_parked_entries');
      const place = { accountId: leases[2]!.accountId, kind: 'parked', id: kept[0].id };
      expect(JSON.parse(world().vault.open(place, kept[0].sealed).toString())).toMatchObject({ line: bad });
    },
  );

  it('keeps a record aside that the database refuses', async () => {
    const { lease, journal } = await world().one();
    journal.put('session', 'a\0b', bytes('x'));
    journal.put('session', 'good', bytes('y'));
    await journal.settled();
    expect(world().parked.map(({ type }) => type)).toEqual(['record']);
    expect(await world().stored(lease)).toEqual([['session', 'good', 'y']]);
  });

  it('waits while the database is away, and writes everything once', async () => {
    const journals = (await world().own(3)).map((lease) => world().open(lease));
    let gone = 0;
    const end = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    for (let round = 0; round < 20; round += 1) {
      for (const journal of journals) {
        journal.put('session', `${round}`, bytes('x'));
        note(journal, `${round}`);
        journal.pass(() => (gone += 1));
      }
      await database.pool.query(end).catch(() => undefined);
    }
    await Promise.all(journals.map((journal) => journal.settled()));
    expect(gone).toBe(60);
    for (const { lease } of journals) {
      expect(await world().stored(lease)).toHaveLength(20);
      expect(await notes.count(lease)).toBe(20);
    }
  });
});
