import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { freshWorld, type RunningWorker, type WorkerWorld } from '../../testing/worker.world.js';

describe('a connection', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  beforeEach(async () => ({ world, running } = await freshWorld(database)));
  afterEach(() => world.stop());

  it.each([-3_600_000, 3_600_000])(
    'comes back in its time when the wall clock is set by %i ms meanwhile',
    async (ms) => {
      const id = await world.link(running);
      (await world.session(running, id)).close('connection_lost');
      world.clock.step(ms);
      await world.state(id, { connection: 'reconnecting', reason: 'connection_lost' });
      await world.pass(3);
      await world.state(id, { connection: 'connected' });
    },
  );

  it('is found deaf when it is open and answers nothing', async () => {
    const id = await world.link(running);
    const session = await world.session(running, id);
    running.engine.answers = false;
    await world.pass(25);
    await world.state(id, { connection: 'reconnecting', reason: 'deaf' });
    await world.until(() => expect(session.state).not.toBe('live'));
    running.engine.answers = true;
    await world.pass(3);
    await world.state(id, { connection: 'connected' });
    await world.pass(5);
    await world.until(async () => {
      const { rows } = await database.pool.query(`select name, value from mkt_wap_facts where name ~ 'deaf'`);
      expect(rows).toContainEqual({ name: 'counter:sandbox:deaf:', value: '1' });
      expect(rows).toContainEqual({ name: 'counter:sandbox:reconnects:deaf', value: '1' });
    });
  });
});
