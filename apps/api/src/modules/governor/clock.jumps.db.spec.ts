/** A wall clock that is set grants nothing, whenever that happens. */
import { describe, expect, it } from 'vitest';
import { ctx, useGovernor } from './testing/use.governor.js';

const HOUR = 3_600_000;

describe('the governor', () => {
  const its = useGovernor();
  const { ask, beginning, owner } = its;

  it('is not fooled by a wall clock that jumps while it runs', async () => {
    const account = await owner();
    await ask(account);
    const wall = its.clock.now.bind(its.clock);
    its.clock.now = () => new Date(wall().getTime() + 40 * 24 * HOUR);
    expect((await ask(account)).said).toBe('first_contact_pace');
    its.clock.now = () => new Date(wall().getTime() - 40 * 24 * HOUR);
    expect((await ask(account)).said).toBe('first_contact_pace');
  });

  it('is not fooled by one that jumped before a restart, in either direction', async () => {
    const wall = its.clock.now.bind(its.clock);
    for (const days of [2, -2]) {
      const account = await owner();
      for (let i = 0; i < 3; i += 1) {
        await ask(account);
        its.clock.advance(15 * 60_000);
      }
      const before = its.clock.now.bind(its.clock);
      its.clock.now = () => new Date(before().getTime() + days * 24 * HOUR);
      account.governor.tick();
      await account.durable();
      expect((await ask(await owner())).said).toBe('first_contact_daily_limit');
      expect((await its.service.budget(ctx, its.accountId)).firstContacts.used).toBe(3);
      its.clock.now = wall;
      await its.anotherAccount();
    }
  });

  it('is not fooled by one that jumps before its first message, also where the rows do not say so yet', async () => {
    for (let i = 0; i < 3; i += 1) {
      await ask(await owner());
      its.clock.advance(15 * 60_000);
    }
    const late = await beginning();
    const wall = its.clock.now.bind(its.clock);
    its.clock.now = () => new Date(wall().getTime() + 2 * 24 * HOUR);
    await late.governor.prepare();
    expect((await ask(late)).said).toBe('first_contact_daily_limit');
  });
});
