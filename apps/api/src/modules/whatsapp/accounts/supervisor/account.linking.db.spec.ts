/** How an account is linked, under a real worker, journal and database, with an engine that is scripted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../../testing/worker.world.js';

describe('an account that is linked', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  beforeEach(async () => ({ world, running } = await freshWorld(database)));
  afterEach(() => world.stop());
  const read = (id: string) => world.accounts.read(ctx, id);

  it('is linked by QR: warming, authenticating, active with number and name, and a copy of the session is kept', async () => {
    const id = await world.create();
    expect((await world.accounts.initialize(ctx, id)).state).toMatchObject({
      status: 'warming',
      connection: 'connecting',
    });
    const session = await world.session(running, id);
    expect((await world.until(() => world.accounts.qr(ctx, id))).text).toBe(`qr of ${id}`);
    running.engine.onConnect = () => undefined;
    session.scan('9990005');
    await world.state(id, { status: 'authenticating' });
    void (await world.session(running, id)).login();
    await world.state(id, { status: 'active', connection: 'connected', deadline: null });
    expect(await read(id)).toMatchObject({ phoneNumber: '+9990005', phoneNumberSource: 'engine', pushName: 'Shop' });
    await world.until(async () => expect(await world.generations(id)).toEqual(['linked']));
    await expect(world.accounts.qr(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await database.pool.query(`select payload::text from mkt_wap_events where event = 'account.qr'`);
    expect(rows[0].payload).not.toContain('qr of');
  });

  it('is linked by code', async () => {
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    const asked = world.accounts.pairingCode(ctx, id, '+999 0006 000');
    expect((await asked).code).toBe('ABCD1234');
    const session = await world.session(running, id);
    expect(session.start.pairByCode).toBe('9990006000');
    expect(running.engine.of(id).filter(({ state }) => state === 'live')).toHaveLength(1);
    session.scan('9990006000');
    await world.state(id, { status: 'active', connection: 'connected' });
    await expect(world.accounts.pairingCode(ctx, id, '+9990006000')).rejects.toMatchObject({
      code: 'account_already_linked',
    });
  });

  it('shows its code again when the clock is set, for as long as the phone takes it', async () => {
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    await world.accounts.pairingCode(ctx, id, '+9990006000');
    const until = async () => {
      const { rows } = await database.pool.query<{ at: string }>(
        `select payload->>'expiresAt' as at from mkt_wap_events
         where event = 'account.pairing_code' and account_id = $1 order by row`,
        [id],
      );
      return rows.map(({ at }) => Date.parse(at) - world.clock.now().getTime());
    };
    world.clock.step(3_600_000);
    await world.until(async () => {
      world.clock.advance(50); // Less than a look at the database takes of a minute.
      const [, again] = await until();
      expect(again).toBeGreaterThan(0);
      expect(again).toBeLessThan(60_000);
    });
    (await world.session(running, id)).scan('9990006000');
    await world.state(id, { status: 'active', connection: 'connected' });
  });

  it('has its number found when the engine learns it late', async () => {
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    (await world.session(running, id)).scan(null);
    await world.state(id, { status: 'authenticating', connection: 'connected' });
    const session = await world.session(running, id);
    await world.pass(30);
    session.tellNumber('9990007');
    await world.state(id, { status: 'active' });
    expect((await read(id)).phoneNumber).toBe('+9990007');
  });

  it('asks for its number after a minute without, ends its engine, and goes on when a person enters it', async () => {
    const id = await world.create();
    await world.accounts.initialize(ctx, id);
    (await world.session(running, id)).scan(null);
    await world.state(id, { status: 'authenticating', connection: 'connected' });
    await world.pass(62);
    await world.state(id, { status: 'inactive', reason: 'phone_number_missing', userAction: 'update_phone' });
    await world.until(() => expect(running.engine.live(id)).toBeUndefined());
    expect(await world.errors(id)).toEqual([expect.objectContaining({ action: 'update_phone' })]);
    const other = await world.link(running, '9990008');
    await expect(world.accounts.setPhone(ctx, id, '+9990008')).rejects.toMatchObject({ code: 'phone_number_taken' });
    await world.accounts.setPhone(ctx, id, '+9990009');
    await world.state(id, { status: 'active', connection: 'connected' });
    expect(await read(id)).toMatchObject({ phoneNumber: '+9990009', phoneNumberSource: 'manual' });
    expect((await read(other)).phoneNumber).toBe('+9990008');
  });
});
