import { describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.js';
import { useDatabase } from '../../../testing/database.js';
import { expireWorker } from '../../cluster/worker-leases.js';
import { claim, makeWorker } from '../testing/account.builder.js';
import { bytes } from './testing/journal.world.js';
import { note, useNotes } from './testing/notes.js';

describe('the journal of an account that another may own', () => {
  const database = useDatabase();
  const notes = useNotes(database);
  const { world } = notes;

  it('writes nothing and lets nothing go once another owns the account; others go on', async () => {
    const leases = await world().own(2);
    const [taken, kept] = leases.map((lease) => world().open(lease));
    const other = await makeWorker(database);
    await database.pool.query('update mkt_wap_leases set owner = $1, epoch = epoch + 1 where account_id = $2', [
      other.id,
      leases[0]!.accountId,
    ]);
    let gone = false;
    taken!.put('creds', 'creds', bytes('mine'));
    note(taken!, 'x');
    taken!.pass(() => (gone = true));
    kept!.put('creds', 'creds', bytes('kept'));
    await Promise.all([expect(taken!.settled()).rejects.toThrow('another worker'), kept!.settled()]);
    expect(world().lost).toEqual([leases[0]!.accountId]);
    expect(gone).toBe(false);
    expect(await world().stored(leases[0]!)).toEqual([]);
    expect(await notes.count(leases[0]!)).toBe(0);
    expect(await world().stored(leases[1]!)).toEqual([['creds', 'creds', 'kept']]);
  });

  it('writes nothing once the heartbeat has lapsed in the database, though our clock does not know', async () => {
    const { lease, journal } = await world().one();
    await expireWorker(database.pool, world().worker.id);
    journal.put('creds', 'creds', bytes('late'));
    await expect(journal.settled()).rejects.toThrow('another worker');
    expect(await world().stored(lease)).toEqual([]);
  });

  it('lets no frame go when our own clock says that the lease has run out', async () => {
    const { journal } = await world().one();
    let gone = false;
    journal.put('creds', 'creds', bytes('x'));
    journal.pass(() => (gone = true));
    world().valid = false;
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    journal.pass(() => (gone = true));
    expect(gone).toBe(false);
  });

  it('lets no frame go by a lease that has run out, though everything is durable', async () => {
    const { journal } = await world().one();
    let gone = false;
    world().valid = false;
    journal.pass(() => (gone = true));
    expect(gone).toBe(false);
  });

  it('takes back what it has written when the lease runs out before the commit', async () => {
    const { lease, journal } = await world().one();
    let gone = false;
    journal.put('creds', 'creds', bytes('late'));
    note(journal, 'lapse');
    journal.pass(() => (gone = true));
    await eventually(async () => expect(world().valid).toBe(false));
    await eventually(async () => {
      const { rows } = await database.pool
        .query(`select from pg_locks where locktype = 'relation' and mode = 'RowExclusiveLock'
        and database = (select oid from pg_database where datname = current_database())`);
      expect(rows).toEqual([]);
    });
    expect(gone).toBe(false);
    expect(await world().stored(lease)).toEqual([]);
    expect(await notes.count(lease)).toBe(0);
  });

  it('keeps the epoch of a takeover: the new owner writes, the old does not', async () => {
    const [lease] = await world().own(1);
    const old = world().open(lease!);
    old.put('creds', 'creds', bytes('a'));
    await old.settled();
    await expireWorker(database.pool, world().worker.id);
    const next = await makeWorker(database);
    const [taken] = await claim(database, next);
    expect(taken).toEqual({ accountId: lease!.accountId, epoch: lease!.epoch + 1 });
    old.put('creds', 'creds', bytes('b'));
    await expect(old.settled()).rejects.toThrow('another worker');
    expect(await world().stored(lease!)).toEqual([['creds', 'creds', 'a']]);
  });
});
