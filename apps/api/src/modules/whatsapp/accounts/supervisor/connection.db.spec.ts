import { describe, expect, it } from 'vitest';
import { useWorld } from '../../testing/use.world.js';

describe('a connection', () => {
  const its = useWorld();
  const { database } = its;

  it.each([-3_600_000, 3_600_000])(
    'comes back in its time when the wall clock is set by %i ms meanwhile',
    async (ms) => {
      const id = await its.world.link(its.running);
      (await its.world.session(its.running, id)).close('connection_lost');
      its.world.clock.step(ms);
      await its.world.state(id, { connection: 'reconnecting', reason: 'connection_lost' });
      await its.world.pass(3);
      await its.world.state(id, { connection: 'connected' });
    },
  );

  it('is found deaf when it is open and answers nothing', async () => {
    const id = await its.world.link(its.running);
    const session = await its.world.session(its.running, id);
    its.running.engine.answers = false;
    await its.world.pass(25);
    await its.world.state(id, { connection: 'reconnecting', reason: 'deaf' });
    await its.world.until(() => expect(session.state).not.toBe('live'));
    its.running.engine.answers = true;
    await its.world.pass(3);
    await its.world.state(id, { connection: 'connected' });
    await its.world.pass(5);
    await its.world.until(async () => {
      const { rows } = await database.pool.query(`select name, value from mkt_wap_facts where name ~ 'deaf'`);
      expect(rows).toContainEqual({ name: 'counter:sandbox:deaf:', value: '1' });
      expect(rows).toContainEqual({ name: 'counter:sandbox:reconnects:deaf', value: '1' });
    });
  });
});
