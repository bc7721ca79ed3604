/** Workers on a real database with an engine that is scripted: who runs an account, and what happens when that changes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../testing/database.js';
import {
  ctx,
  freshWorld,
  type RunningWorker,
  TurnedClock,
  type WorkerWorld,
} from '../whatsapp/testing/worker.world.js';
import { expireWorker } from './worker-leases.js';

describe('workers', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let first: RunningWorker;
  beforeEach(async () => ({ world, running: first } = await freshWorld(database)));
  afterEach(() => world.stop());

  const stop = async ({ worker }: RunningWorker) => {
    world.workers.splice(
      world.workers.findIndex((each) => each.worker === worker),
      1,
    );
    await worker.stop();
  };
  const owner = async (id: string) =>
    (await database.pool.query('select owner, epoch from mkt_wap_leases where account_id = $1', [id])).rows[0];

  it('come back to every account after a restart, inside active and without a QR; one bad account stops none', async () => {
    const ids = [await world.link(first), await world.link(first), await world.link(first)];
    await stop(first);
    for (const id of ids) expect((await world.accounts.read(ctx, id)).state.connection).toBe('reconnecting');
    await database.pool.query(`delete from mkt_wap_session_generations`);
    await database.pool.query(`update mkt_wap_session_records set sealed = 'xx' where account_id = $1`, [ids[1]]);
    const second = await world.startWorker();
    for (const id of [ids[0]!, ids[2]!]) await world.state(id, { status: 'active', connection: 'connected' });
    await world.state(ids[1]!, { status: 'inactive', reason: 'session_corrupted', userAction: 'scan_qr' });
    expect(second.engine.sessions.every(({ start }) => start.linked)).toBe(true);
    for (const id of ids) {
      const events = await world.events(id);
      expect(events.filter((event) => event === 'account.qr')).toHaveLength(1);
    }
  });

  it('take over at once from one whose process died; the dead one can write and send nothing any more', async () => {
    const paused = new TurnedClock('2026-05-01T00:00:00Z');
    await stop(first);
    const dying = await world.startWorker(paused);
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    (await world.session(dying, id)).scan('9990001');
    await world.state(id, { status: 'active', connection: 'connected' });
    const old = await world.session(dying, id);
    await expireWorker(database.pool, dying.id);
    expect((await world.accounts.read(ctx, id)).state.connection).toBe('reconnecting');
    const second = await world.startWorker();
    await world.until(async () => expect((await owner(id)).owner).toBe(second.id));
    await world.state(id, { status: 'active', connection: 'connected' });

    void old.send({ waId: 'LATE', to: { phone: null, lid: null }, content: { kind: 'text', text: 'late' } });
    await world.until(() => expect(old.state).toBe('disconnected'));
    expect(old.frames).toEqual([]);
    const { rows } = await database.pool.query(`select from mkt_wap_session_records where kind = 'session'`);
    expect(rows).toEqual([]);
    expect(paused.waiting).toBeGreaterThan(0);
  });

  it('concede everything when the heartbeat lapses, and begin again', async () => {
    const id = await world.link(first);
    const before = await owner(id);
    const session = await world.session(first, id);
    await expireWorker(database.pool, first.id);
    await world.until(() => expect(session.state).toBe('disconnected'));
    await world.state(id, { status: 'active', connection: 'connected' });
    expect((await owner(id)).epoch).toBeGreaterThan(before.epoch);
    expect(first.engine.of(id).filter(({ state }) => state === 'live')).toHaveLength(1);
  });

  it('tell names as people wrote them meanwhile', async () => {
    const id = await world.link(first);
    await world.accounts.patch(ctx, id, { name: 'New name' });
    const session = await world.session(first, id);
    session.emit({ type: 'identity', identity: { ...session.known!, pushName: 'Pushed' } });
    await world.until(async () => {
      const { rows } = await database.pool.query(
        `select payload from mkt_wap_events where event = 'account.updated' order by row desc limit 1`,
      );
      expect(rows[0].payload.account).toMatchObject({ name: 'New name', pushName: 'Pushed' });
    });
  });

  it('never run an account twice, however many begin at once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => world.link(first)));
    await stop(first);
    const workers = await Promise.all([world.startWorker(), world.startWorker(), world.startWorker()]);
    for (const id of ids) await world.state(id, { status: 'active', connection: 'connected' });
    for (const id of ids) expect(workers.map(({ engine }) => engine.of(id).length).sort()).toEqual([0, 0, 1]);
  });

  it('act on a deadline that passed while none was there', async () => {
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    await world.session(first, id);
    await world.state(id, { status: 'warming' });
    await stop(first);
    world.clock.advance(5 * 60_000);
    const second = await world.startWorker();
    await world.state(id, {
      status: 'inactive',
      reason: 'linking_timeout',
      userAction: 'retry_initialize',
      deadline: null,
    });
    await world.until(() => expect(second.engine.live(id)).toBeUndefined());
    expect(await world.errors(id)).toEqual([expect.objectContaining({ action: 'retry_initialize' })]);
  });

  it('keep a deadline over a restart, and act on it when it comes', async () => {
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    await world.session(first, id);
    await stop(first);
    world.clock.advance(3 * 60_000);
    const second = await world.startWorker();
    await world.session(second, id);
    await world.state(id, { status: 'warming' });
    world.clock.advance(2 * 60_000);
    await world.state(id, { status: 'inactive', reason: 'linking_timeout' });
    await world.until(() => expect(second.engine.live(id)).toBeUndefined());
  });

  it('run a command again when its owner died before it answered, to the same end', async () => {
    const id = await world.link(first);
    await world.accounts.reset(ctx, id);
    expect(await world.generations(id)).toEqual(['linked', 'reset']);
    await stop(first);
    const again = `update mkt_wap_commands set answered_at = null, answer = null, deadline = $2 where account_id = $1 and verb = 'reset'`;
    await database.pool.query(again, [id, new Date('2026-06-01')]);
    await world.startWorker();
    await world.until(async () => {
      const { rows } = await database.pool.query(`select answer from mkt_wap_commands where verb = 'reset'`);
      expect(rows).toEqual([{ answer: { ok: true } }]);
    });
    expect(await world.accounts.read(ctx, id)).toMatchObject({
      statusNote: 'Account reset by user',
      phoneNumber: null,
    });
    expect(await world.generations(id)).toEqual(['linked', 'reset']);
  });

  it('give an account back that wants nothing, and take it again when it is asked for something', async () => {
    const id = await world.link(first);
    await world.rest(id);
    const read = await world.accounts.read(ctx, id);
    expect(read.state).toMatchObject({ status: 'inactive', connection: 'offline', userAction: 'reconnect' });
    expect((await world.accounts.initialize(ctx, id)).state).toMatchObject({ status: 'active' });
    await world.state(id, { connection: 'connected' });
  });

  it('take who is asked for something while another says goodbye to a server that does not answer', async () => {
    const [leaving, other] = [await world.link(first), await world.link(first)];
    await world.rest(other);
    first.engine.takesLeave = false;
    await world.accounts.reset(ctx, leaving);
    const before = world.clock.elapsed();
    await world.turning(world.accounts.initialize(ctx, other));
    // A goodbye is waited for 10 s.
    expect(world.clock.elapsed() - before).toBeLessThan(8_000);
    await world.state(other, { connection: 'connected' });
    await world.pass(10);
    await world.turning(world.accounts.initialize(ctx, leaving));
    await world.state(leaving, { status: 'warming' });
    expect(first.engine.of(leaving).filter(({ state }) => state === 'live')).toHaveLength(1);
  });

  it('go on claiming when the heartbeat lapses while an account is given back that has something to write', async () => {
    const [id, other] = [await world.link(first), await world.link(first)];
    await world.rest(other);
    const session = await world.session(first, id);
    const locked = await database.pool.connect();
    await locked.query('begin');
    await locked.query('select from mkt_wap_leases where account_id = $1 for update', [id]);
    session.close('unlinked');
    await world.pass(3);
    await expireWorker(database.pool, first.id);
    await world.pass(5);
    await locked.query('commit');
    locked.release();
    await world.turning(world.accounts.initialize(ctx, other));
    await world.state(other, { connection: 'connected' });
  });

  it('survive a database that is away for some seconds, without a new login', async () => {
    const id = await world.link(first);
    const session = await world.session(first, id);
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    for (let i = 0; i < 4; i += 1) {
      await database.pool.query(end).catch(() => undefined); // It may end its own connection's neighbours in the pool.
      session.start.journal.put('session', `${i}`, Buffer.from('x'));
      world.clock.advance(500);
    }
    await world.turning(session.start.journal.settled());
    await world.until(async () => expect((await world.accounts.read(ctx, id)).state.connection).toBe('connected'));
    expect(first.engine.of(id)).toHaveLength(2);
    expect(session.state).toBe('live');
    expect((await world.accounts.disconnect(ctx, id)).state.connection).toBe('offline');
  });
});
