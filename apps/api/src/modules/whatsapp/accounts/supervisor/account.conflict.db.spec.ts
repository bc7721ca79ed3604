/** A phone that is not the one that an account had, or is another account's: under a real worker and database. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../../testing/worker.world.js';

describe('an account', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  beforeEach(async () => ({ world, running } = await freshWorld(database)));
  afterEach(() => world.stop());
  const read = (id: string) => world.accounts.read(ctx, id);

  it('unlinks a phone again that another account has, and names that account', async () => {
    const first = await world.link(running, '9990010');
    const id = await world.create('Second');
    await world.accounts.initialize(ctx, id);
    (await world.session(running, id)).scan('9990010');
    await world.state(id, { status: 'inactive', reason: 'phone_number_taken', userAction: 'open_account' });
    await world.until(() => expect(running.engine.of(id).some(({ frames }) => frames.includes('goodbye'))).toBe(true));
    expect(await read(id)).toMatchObject({
      phoneNumber: null,
      numberConflict: { phoneNumber: '+9990010', accountId: first },
    });
    expect(await read(first)).toMatchObject({ phoneNumber: '+9990010', state: { connection: 'connected' } });
    const before = running.engine.of(id).length;
    await world.accounts.initialize(ctx, id);
    await world.until(() => expect(running.engine.of(id).length).toBe(before + 1));
    expect((await read(id)).numberConflict).toBeNull();
  });

  describe('that was linked with another phone than before', () => {
    const relink = async (lid: string) => {
      const id = await world.link(running, '9990020');
      (await world.session(running, id)).close('unlinked');
      await world.state(id, { status: 'inactive', reason: 'unlinked' });
      await world.accounts.initialize(ctx, id);
      (await world.session(running, id)).scan('9990021', 'Shop', lid);
      return id;
    };
    const goodbyes = (id: string) => running.engine.of(id).filter(({ frames }) => frames.includes('goodbye')).length;

    it('asks which number it shall be, and keeps the one it had until then', async () => {
      const id = await relink('88');
      await world.state(id, { status: 'inactive', reason: 'phone_number_conflict', userAction: 'confirm_number' });
      expect(await read(id)).toMatchObject({
        phoneNumber: '+9990020',
        numberConflict: { phoneNumber: '+9990021', accountId: null },
      });
      await world.until(() => expect(running.engine.live(id)).toBeUndefined());
      await expect(world.accounts.initialize(ctx, id)).rejects.toMatchObject({ code: 'conflict' });

      await world.accounts.acceptNumber(ctx, id);
      await world.state(id, { status: 'active', connection: 'connected' });
      expect(await read(id)).toMatchObject({ phoneNumber: '+9990021', numberConflict: null });
      expect(goodbyes(id)).toBe(0);
      await world.accounts.acceptNumber(ctx, id);
    });

    it('unlinks it again when a person says so', async () => {
      const id = await relink('88');
      await world.state(id, { reason: 'phone_number_conflict' });
      await world.accounts.refuseNumber(ctx, id);
      await world.until(() => expect(goodbyes(id)).toBe(1));
      expect(await read(id)).toMatchObject({
        phoneNumber: '+9990020',
        numberConflict: null,
        state: { status: 'inactive', userAction: 'scan_qr' },
      });
      expect(await world.generations(id)).toEqual(['linked', 'unlinked', 'logged_out']);
    });

    it('is not asked about one person whose number changed', async () => {
      const id = await relink('77');
      await world.state(id, { status: 'active', connection: 'connected' });
      expect(await read(id)).toMatchObject({ phoneNumber: '+9990021', numberConflict: null });
    });
  });
});
