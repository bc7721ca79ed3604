import { describe, expect, it } from 'vitest';
import { eventually } from '../testing/eventually.js';
import { useDatabase } from '../../../testing/database.js';
import { cutSession } from './generation.repository.js';
import { bytes } from './testing/journal.world.js';
import { note, useNotes } from './testing/notes.js';

describe('the journal', () => {
  const database = useDatabase();
  const notes = useNotes(database);
  const { world } = notes;

  it('shows what was put at once, and lets a frame go only when it is durable', async () => {
    const { lease, journal } = await world().one();
    const blocker = await database.pool.connect();
    await blocker.query('begin');
    await blocker.query('select from mkt_wap_leases for update');
    const released: string[] = [];
    journal.put('session', '1.0', bytes('new'));
    note(journal, 'x');
    journal.pass(() => released.push('frame'));
    expect((await journal.get('session', ['1.0'])).get('1.0')).toEqual(bytes('new'));
    await eventually(async () => {
      const { rows } = await database.pool.query(`select from pg_locks where not granted`);
      expect(rows.length).toBeGreaterThan(0);
    });
    expect(released).toEqual([]);
    expect(await world().stored(lease)).toEqual([]);
    await blocker.query('commit');
    blocker.release();
    await journal.settled();
    expect(released).toEqual(['frame']);
    expect(await world().stored(lease)).toEqual([['session', '1.0', 'new']]);
    expect(await notes.count(lease)).toBe(1);
  });

  it('takes the changes of many accounts together, and keeps the order of each', async () => {
    const journals = (await world().own(40)).map((lease) => world().open(lease));
    const released: string[] = [];
    journals.forEach((journal, i) => {
      for (let frame = 0; frame < 3; frame += 1) {
        journal.put('session', '1.0', bytes(`${frame}`));
        note(journal, `${frame}`);
        journal.pass(() => released.push(`${i}:${frame}`));
      }
    });
    await Promise.all(journals.map((journal) => journal.settled()));
    expect(notes.batches()).toHaveLength(1);
    expect(notes.batches()[0]).toHaveLength(120);
    expect(released).toHaveLength(120);
    for (let i = 0; i < 40; i += 1) {
      expect(released.filter((name) => name.startsWith(`${i}:`))).toEqual([`${i}:0`, `${i}:1`, `${i}:2`]);
    }
  });

  it('lets a frame go at once when nothing waits', async () => {
    const { journal } = await world().one();
    let gone = false;
    journal.pass(() => (gone = true));
    expect(gone).toBe(true);
  });

  it('deletes, and remembers what is not there', async () => {
    const { lease, journal } = await world().one();
    journal.put('session', '1.0', bytes('x'));
    journal.put('pre-key', '7', bytes('k'));
    await journal.settled();
    expect((await journal.get('pre-key', ['7', '8'])).get('7')).toEqual(bytes('k'));
    journal.put('session', '1.0', null);
    expect(await journal.get('session', ['1.0', '2.0'])).toEqual(new Map());
    await journal.settled();
    expect(await journal.get('session', ['1.0', '2.0'])).toEqual(new Map());
    expect(await world().stored(lease)).toEqual([['pre-key', '7', 'k']]);
  });

  it('begins a session anew at a cut: nothing of the old is seen from then on, and all of it is kept', async () => {
    const { lease, journal } = await world().one();
    journal.put('creds', 'creds', bytes('old'));
    journal.put('session', '1.0', bytes('old'));
    await journal.settled();
    journal.put('session', '2.0', bytes('old'));
    journal.cut({ keep: false, cause: 'reset' });
    expect(await journal.get('creds', ['creds'])).toEqual(new Map());
    journal.put('session', '1.0', bytes('new'));
    expect((await journal.get('session', ['1.0', '2.0'])).get('1.0')).toEqual(bytes('new'));
    await journal.settled();
    expect(await world().stored(lease)).toEqual([['session', '1.0', 'new']]);
    expect(await journal.get('session', ['2.0'])).toEqual(new Map());
    const { rows } = await database.pool.query(
      'select cause, record_count, expires_at - created_at = $1::interval as month from mkt_wap_session_generations',
      ['30 days'],
    );
    expect(rows).toEqual([{ cause: 'reset', record_count: 3, month: true }]);
  });

  it('brings the newest snapshot back without its ratchets, and none from before the account was unlinked', async () => {
    const { lease, journal } = await world().one();
    journal.put('creds', 'creds', bytes('one'));
    journal.put('session', '1.0', bytes('ratchet'));
    journal.put('pre-key', '7', bytes('k'));
    journal.cut({ keep: true, cause: 'linked' });
    journal.put('creds', 'creds', bytes('broken'));
    await journal.settled();
    const restore = () =>
      cutSession(
        database.pool,
        world().vault,
        lease.accountId,
        { keep: false, cause: 'invalid', restore: 'newest' },
        new Date(),
      );
    await restore();
    expect(await world().stored(lease)).toEqual([
      ['creds', 'creds', 'one'],
      ['pre-key', '7', 'k'],
    ]);
    await cutSession(database.pool, world().vault, lease.accountId, { keep: false, cause: 'unlinked' }, new Date());
    await restore();
    expect(await world().stored(lease)).toEqual([]);
  });

  it('lets a muted session send its last frames, and none of its writing stays', async () => {
    const { lease, journal } = await world().one();
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
    expect(await world().stored(lease)).toEqual([]);
    view.close();
    let gone = false;
    view.pass(() => (gone = true));
    expect(gone).toBe(false);
  });
});
