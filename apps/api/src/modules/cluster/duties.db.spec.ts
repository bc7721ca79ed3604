import { describe, expect, it } from 'vitest';
import { eventually } from '../whatsapp/testing/eventually.js';
import { ManualClock } from '../../clock/manual-clock.js';
import { useDatabase } from '../../testing/database.js';
import { Duty } from './duties.js';
import { dutyHeld } from './duty.repository.js';

describe('a duty', () => {
  const database = useDatabase();

  it('is held by one at a time, and passes on when its holder stops or dies', async () => {
    const clocks = [new ManualClock(), new ManualClock()];
    const taken: number[] = [];
    const [one, two] = clocks.map((clock, i) => new Duty(database, 'sweeper', clock, () => taken.push(i)));
    one!.start();
    await eventually(() => expect(taken).toEqual([0]));
    two!.start();
    await eventually(() => expect(clocks[1]!.waiting).toBe(1));
    expect([one!.held, two!.held]).toEqual([true, false]);
    clocks[0]!.advance(10_000);
    await eventually(() => expect(one!.held).toBe(true));
    expect(taken).toEqual([0]);

    await one!.stop();
    expect(await dutyHeld(database.pool, 'sweeper')).toBe(false);
    clocks[1]!.advance(3_000);
    await eventually(() => expect(taken).toEqual([0, 1]));

    clocks[1]!.advance(0);
    await database.pool.query(
      `update mkt_wap_duties set owner = gen_random_uuid(), expires_at = clock_timestamp() + interval '10 s'`,
    );
    clocks[1]!.advance(9_999);
    await eventually(() => expect(clocks[1]!.waiting).toBe(1));
    clocks[1]!.advance(1);
    expect(two!.held).toBe(false);
    await two!.stop();
    expect(clocks.map((clock) => clock.waiting)).toEqual([0, 0]);
  });

  it('is free at once when its holder stops while it takes it', async () => {
    const clock = new ManualClock();
    const duty = new Duty(database, 'numberer', clock, () => undefined);
    duty.start();
    await duty.stop();
    expect(await dutyHeld(database.pool, 'numberer')).toBe(false);
    expect([duty.held, clock.waiting]).toEqual([false, 0]);
  });
});
