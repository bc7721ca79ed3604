/** What a person sets, and sees. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeAccount } from '../whatsapp/testing/account.builder.js';
import { ctx, person, useGovernor } from './testing/use.governor.js';

const HOUR = 3_600_000;

describe('the limits of an account', () => {
  const its = useGovernor();
  const { database, ask, events, owner } = its;

  it('are set within bounds, in force at once, and told', async () => {
    const account = await owner();
    const change = { profile: 'settled', settings: { firstContactBurst: 5, quietHours: null } } as const;
    const view = await its.service.change(ctx, its.accountId, change);
    expect(view).toMatchObject({ ...change, inForce: 'settled', ageDays: 0 });
    expect(view.choices.find(({ profile }) => profile === 'new')).toMatchObject({ bounds: { perDay: 400 } });
    expect(await events('governor.changed')).toHaveLength(2);
    expect((await ask(account)).said).toBe('go');
    account.governor.changed();
    await account.governor.prepare();
    expect((await ask(account)).said).toBe('go');
    expect(await its.service.read(ctx, its.accountId)).toEqual(view);
  });

  it('let go at once what waited by slower ones, and grant nothing anew', async () => {
    const slow = { firstContactBurst: 1, firstContactsPerHour: 1, quietHours: null };
    await its.service.change(ctx, its.accountId, { profile: 'settled', settings: slow });
    const account = await owner();
    expect((await ask(account)).said).toBe('go');
    expect((await ask(account)).said).toBe('first_contact_pace');
    await its.service.change(ctx, its.accountId, { profile: 'settled', settings: { ...slow, firstContactBurst: 3 } });
    account.governor.changed();
    await account.governor.prepare();
    expect([(await ask(account)).said, (await ask(account)).said]).toEqual(['go', 'go']);
    expect((await ask(account)).said).toBe('first_contact_pace');
    await its.service.change(ctx, its.accountId, {
      profile: 'settled',
      settings: { ...slow, firstContactsPerHour: 60 },
    });
    account.governor.changed();
    await account.governor.prepare();
    expect((await ask(account)).said).toBe('first_contact_pace');
    its.clock.advance(61_000);
    expect((await ask(account)).said).toBe('go');
  });

  it.each([
    [{ perDay: 401 }, 'settings.perDay'],
    [{ timeZone: 'Mars/Olympus' }, 'settings.timeZone'],
    [{ quietHours: { from: '08:00', to: '08:00' } }, 'settings.quietHours'],
    [{ numberSince: '2030-01-01' }, 'settings.numberSince'],
  ])('%j is refused, and the field named', async (settings, field) => {
    await expect(its.service.change(ctx, its.accountId, { profile: 'new', settings })).rejects.toMatchObject({
      details: [expect.objectContaining({ field })],
    });
  });

  it('are never those of the sandbox for an account of WhatsApp; and nobody sees those of others', async () => {
    const real = (await makeAccount(database, { network: 'whatsapp' })).id;
    await expect(its.service.change(ctx, real, { profile: 'sandbox', settings: {} })).rejects.toMatchObject({
      details: [expect.objectContaining({ field: 'profile' })],
    });
    const other = { ...ctx, accounts: [randomUUID()] };
    await expect(its.service.budget(other, real)).rejects.toMatchObject({ code: 'not_found' });
    await expect(its.service.change(other, real, { profile: 'auto', settings: {} })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('are shown with what is used, what waits, why and until when', async () => {
    const account = await owner();
    await ask(account);
    await ask(account);
    // One that is for later waits for its time alone.
    const notBefore = new Date(its.clock.now().getTime() + HOUR).toISOString();
    await its.messages.send(ctx, { accountId: its.accountId, to: person(), text: 'later', notBefore });
    const budget = await its.service.budget(ctx, its.accountId);
    expect(budget).toMatchObject({
      profile: 'new',
      sends: { used: 1, limit: 20, left: 19, keptForReplies: 4, atOnce: 3, perMinute: 6 },
      firstContacts: { used: 1, limit: 3, left: 2, ready: 0, nextAt: '2026-05-01T12:15:00.000Z' },
      quietHours: null,
    });
    expect(budget.lanes.find(({ lane }) => lane === 'first_contact')).toEqual({
      lane: 'first_contact',
      waiting: 1,
      held: { reason: 'first_contact_pace', until: '2026-05-01T12:15:00.000Z' },
    });
  });

  it('believe the age of a number for as long as the account has that number, and no longer', async () => {
    const has = (number: string | null) =>
      its.database.pool.query('update mkt_wap_accounts set phone_number = $2 where id = $1', [its.accountId, number]);
    const age = async () => {
      const { ageDays, settings } = await its.service.read(ctx, its.accountId);
      return [ageDays > 300, settings.numberSince];
    };
    await has('+9990000000077');
    await its.service.change(ctx, its.accountId, { profile: 'new', settings: { numberSince: '2024-01-01' } });
    expect(await age()).toEqual([true, '2024-01-01']);
    await has(null);
    expect(await age()).toEqual([false, undefined]);
    await has('+9990000000078');
    expect(await age()).toEqual([false, undefined]);
    await has('+9990000000077');
    expect(await age()).toEqual([true, '2024-01-01']);
  });
});
