/** What WhatsApp says of its own limits, kept and obeyed. */
import { describe, expect, it } from 'vitest';
import { ctx, useGovernor } from './testing/use.governor.js';

const HOUR = 3_600_000;

describe('a limit that WhatsApp told of', () => {
  const its = useGovernor();
  const { ask, beginning, events, owner } = its;

  it('obeys what WhatsApp says, tells it, remembers it over a restart, and lifts it when it is over', async () => {
    const account = await owner();
    const sent = await ask(account);
    account.governor.heard(sent.waId, { code: 'reach_out_time_lock', retryAfterSeconds: 7_200 });
    account.governor.heard(sent.waId, { code: 'reach_out_time_lock', retryAfterSeconds: 7_200 });
    await account.durable();
    expect(await events('governor.hold')).toMatchObject([
      { hold: { code: 'reach_out_time_lock', scope: 'first_contacts', until: '2026-05-01T14:00:00.000Z' } },
    ]);
    its.clock.advance(HOUR);
    const next = await owner();
    expect((await ask(next)).verdict).toMatchObject({ reason: 'whatsapp', until: new Date('2026-05-01T14:00:00Z') });
    expect((await its.service.budget(ctx, its.accountId)).holds).toMatchObject([{ code: 'reach_out_time_lock' }]);
    its.clock.advance(HOUR);
    expect(next.governor.tick()).toBe(true);
    await next.durable();
    expect(await events('governor.lifted')).toEqual([{ code: 'reach_out_time_lock' }]);
    expect((await ask(next)).said).toBe('go');
    expect((await its.service.budget(ctx, its.accountId)).holds).toEqual([]);
  });

  it('hears from WhatsApp that a limit is over before its time', async () => {
    const account = await owner();
    account.governor.limited('new_chat_limit', its.clock.now().getTime() + HOUR);
    account.governor.limited('new_chat_limit', 0);
    await account.durable();
    expect((await ask(account)).said).toBe('go');
  });

  it('lifts a hold whose time is over before it was ever asked about a message', async () => {
    const account = await owner();
    account.governor.limited('new_chat_limit', its.clock.now().getTime() + HOUR);
    await account.durable();
    const next = await beginning();
    its.clock.advance(HOUR);
    expect(next.governor.tick()).toBe(true);
    await next.durable();
    expect(await events('governor.lifted')).toEqual([{ code: 'new_chat_limit' }]);
  });
});
