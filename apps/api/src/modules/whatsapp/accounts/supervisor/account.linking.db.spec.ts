/** How an account is linked, under a real worker, journal and database, with an engine that is scripted. */
import { describe, expect, it } from 'vitest';
import { useWorld } from '../../testing/use.world.js';
import { ctx } from '../../testing/worker.world.js';

describe('an account that is linked', () => {
  const its = useWorld();
  const { database, read } = its;

  it('is linked by QR: warming, authenticating, active with number and name, and a copy of the session is kept', async () => {
    const id = await its.world.create();
    expect((await its.world.accounts.initialize(ctx, id)).state).toMatchObject({
      status: 'warming',
      connection: 'connecting',
    });
    const session = await its.world.session(its.running, id);
    expect((await its.world.until(() => its.world.accounts.qr(ctx, id))).text).toBe(`qr of ${id}`);
    its.running.engine.onConnect = () => undefined;
    session.scan('9990005');
    await its.world.state(id, { status: 'authenticating' });
    void (await its.world.session(its.running, id)).login();
    await its.world.state(id, { status: 'active', connection: 'connected', deadline: null });
    expect(await read(id)).toMatchObject({ phoneNumber: '+9990005', phoneNumberSource: 'engine', pushName: 'Shop' });
    await its.world.until(async () => expect(await its.world.generations(id)).toEqual(['linked']));
    await expect(its.world.accounts.qr(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
    const { rows } = await database.pool.query(`select payload::text from mkt_wap_events where event = 'account.qr'`);
    expect(rows[0].payload).not.toContain('qr of');
  });

  it('is linked by code', async () => {
    const id = await its.world.create();
    await its.world.accounts.initialize(ctx, id);
    const asked = its.world.accounts.pairingCode(ctx, id, '+999 0006 000');
    expect((await asked).code).toBe('ABCD1234');
    const session = await its.world.session(its.running, id);
    expect(session.start.pairByCode).toBe('9990006000');
    expect(its.running.engine.of(id).filter(({ state }) => state === 'live')).toHaveLength(1);
    session.scan('9990006000');
    await its.world.state(id, { status: 'active', connection: 'connected' });
    await expect(its.world.accounts.pairingCode(ctx, id, '+9990006000')).rejects.toMatchObject({
      code: 'account_already_linked',
    });
  });

  it.each([
    ['disconnected', (id: string) => its.world.accounts.disconnect(ctx, id)],
    ['reset', (id: string) => its.world.accounts.reset(ctx, id)],
    ['given another line', (id: string) => its.world.commands.ask(id, 'line-changed', {})],
  ] as const)('says at once that there is no code when it is %s before one came', async (_, act) => {
    const id = await its.world.create();
    its.running.engine.onConnect = () => undefined;
    const asked = its.world.accounts.pairingCode(ctx, id, '+9990006000');
    const refused = expect(asked).rejects.toMatchObject({ code: 'unavailable' });
    await its.world.session(its.running, id);
    await act(id);
    await its.world.turning(refused);
    // Nothing waits for the code any more, and it can be given back.
    await its.world.rest(id);
  });

  it('shows its code again when the clock is set, for as long as the phone takes it', async () => {
    const id = await its.world.create();
    await its.world.accounts.initialize(ctx, id);
    await its.world.accounts.pairingCode(ctx, id, '+9990006000');
    const until = async () => {
      const { rows } = await database.pool.query<{ at: string }>(
        `select payload->>'expiresAt' as at from mkt_wap_events
         where event = 'account.pairing_code' and account_id = $1 order by row`,
        [id],
      );
      return rows.map(({ at }) => Date.parse(at) - its.world.clock.now().getTime());
    };
    its.world.clock.step(3_600_000);
    await its.world.until(async () => {
      its.world.clock.advance(50); // Less than a look at the database takes of a minute.
      const [, again] = await until();
      expect(again).toBeGreaterThan(0);
      expect(again).toBeLessThan(60_000);
    });
    (await its.world.session(its.running, id)).scan('9990006000');
    await its.world.state(id, { status: 'active', connection: 'connected' });
  });

  it('has its number found when the engine learns it late', async () => {
    const id = await its.world.create();
    await its.world.accounts.initialize(ctx, id);
    (await its.world.session(its.running, id)).scan(null);
    await its.world.state(id, { status: 'authenticating', connection: 'connected' });
    const session = await its.world.session(its.running, id);
    await its.world.pass(30);
    session.tellNumber('9990007');
    await its.world.state(id, { status: 'active' });
    expect((await read(id)).phoneNumber).toBe('+9990007');
  });

  it('asks for its number after a minute without, ends its engine, and goes on when a person enters it', async () => {
    const id = await its.world.create();
    await its.world.accounts.initialize(ctx, id);
    (await its.world.session(its.running, id)).scan(null);
    await its.world.state(id, { status: 'authenticating', connection: 'connected' });
    await its.world.pass(62);
    await its.world.state(id, { status: 'inactive', reason: 'phone_number_missing', userAction: 'update_phone' });
    await its.world.until(() => expect(its.running.engine.live(id)).toBeUndefined());
    expect(await its.world.errors(id)).toEqual([expect.objectContaining({ action: 'update_phone' })]);
    const other = await its.world.link(its.running, '9990008');
    await expect(its.world.accounts.setPhone(ctx, id, '+9990008')).rejects.toMatchObject({
      code: 'phone_number_taken',
    });
    await its.world.accounts.setPhone(ctx, id, '+9990009');
    await its.world.state(id, { status: 'active', connection: 'connected' });
    expect(await read(id)).toMatchObject({ phoneNumber: '+9990009', phoneNumberSource: 'manual' });
    expect((await read(other)).phoneNumber).toBe('+9990008');
  });
});
