/** A phone that is not the one that an account had, or is another account's: under a real worker and database. */
import { describe, expect, it } from 'vitest';
import { useWorld } from '../../testing/use.world.js';
import { ctx } from '../../testing/worker.world.js';

describe('an account', () => {
  const its = useWorld();
  const { read } = its;

  it('unlinks a phone again that another account has, and names that account', async () => {
    const first = await its.world.link(its.running, '9990010');
    const id = await its.world.create('Second');
    await its.world.accounts.initialize(ctx, id);
    (await its.world.session(its.running, id)).scan('9990010');
    await its.world.state(id, { status: 'inactive', reason: 'phone_number_taken', userAction: 'open_account' });
    await its.world.until(() =>
      expect(its.running.engine.of(id).some(({ frames }) => frames.includes('goodbye'))).toBe(true),
    );
    expect(await read(id)).toMatchObject({
      phoneNumber: null,
      numberConflict: { phoneNumber: '+9990010', accountId: first },
    });
    expect(await read(first)).toMatchObject({ phoneNumber: '+9990010', state: { connection: 'connected' } });
    const before = its.running.engine.of(id).length;
    await its.world.accounts.initialize(ctx, id);
    await its.world.until(() => expect(its.running.engine.of(id).length).toBe(before + 1));
    expect((await read(id)).numberConflict).toBeNull();
  });

  describe('that was linked with another phone than before', () => {
    const relink = async (lid: string) => {
      const id = await its.world.link(its.running, '9990020');
      (await its.world.session(its.running, id)).close('unlinked');
      await its.world.state(id, { status: 'inactive', reason: 'unlinked' });
      await its.world.accounts.initialize(ctx, id);
      (await its.world.session(its.running, id)).scan('9990021', 'Shop', lid);
      return id;
    };
    const goodbyes = (id: string) =>
      its.running.engine.of(id).filter(({ frames }) => frames.includes('goodbye')).length;

    it('asks which number it shall be, and keeps the one it had until then', async () => {
      const id = await relink('88');
      await its.world.state(id, { status: 'inactive', reason: 'phone_number_conflict', userAction: 'confirm_number' });
      expect(await read(id)).toMatchObject({
        phoneNumber: '+9990020',
        numberConflict: { phoneNumber: '+9990021', accountId: null },
      });
      await its.world.until(() => expect(its.running.engine.live(id)).toBeUndefined());
      await expect(its.world.accounts.initialize(ctx, id)).rejects.toMatchObject({ code: 'conflict' });

      await its.world.accounts.acceptNumber(ctx, id);
      await its.world.state(id, { status: 'active', connection: 'connected' });
      expect(await read(id)).toMatchObject({ phoneNumber: '+9990021', numberConflict: null });
      expect(goodbyes(id)).toBe(0);
      await its.world.accounts.acceptNumber(ctx, id);
    });

    it('unlinks it again when a person says so', async () => {
      const id = await relink('88');
      await its.world.state(id, { reason: 'phone_number_conflict' });
      await its.world.accounts.refuseNumber(ctx, id);
      await its.world.until(() => expect(goodbyes(id)).toBe(1));
      expect(await read(id)).toMatchObject({
        phoneNumber: '+9990020',
        numberConflict: null,
        state: { status: 'inactive', userAction: 'scan_qr' },
      });
      expect(await its.world.generations(id)).toEqual(['linked', 'unlinked', 'logged_out']);
    });

    it('is not asked about one person whose number changed', async () => {
      const id = await relink('77');
      await its.world.state(id, { status: 'active', connection: 'connected' });
      expect(await read(id)).toMatchObject({ phoneNumber: '+9990021', numberConflict: null });
    });
  });
});
