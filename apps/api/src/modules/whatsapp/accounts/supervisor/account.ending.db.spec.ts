/** How an account comes to rest: reset, ended by WhatsApp, or removed. Under a real worker and database. */
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../cluster/commands/command.js';
import { insertCommand } from '../../../cluster/commands/command.repository.js';
import { noteLived } from '../../../cluster/lived.repository.js';
import { deleteOldGenerations, listGenerations } from '../../sessions/generation.repository.js';
import { useWorld } from '../../testing/use.world.js';
import { ctx } from '../../testing/worker.world.js';

describe('an account', () => {
  const its = useWorld();
  const { database, read } = its;

  it.each(['created', 'warming', 'authenticating', 'active', 'disconnected', 'banned'] as const)(
    'can be reset when it is %s, and linked anew',
    async (where) => {
      const id = await its.world.create();
      if (where !== 'created') await its.world.accounts.initialize(ctx, id);
      if (['authenticating', 'active', 'disconnected', 'banned'].includes(where)) {
        if (where === 'authenticating') its.running.engine.onConnect = () => undefined;
        (await its.world.session(its.running, id)).scan('9990011');
        await its.world.state(id, { status: where === 'authenticating' ? where : 'active' });
      }
      if (where === 'disconnected') await its.world.accounts.disconnect(ctx, id);
      if (where === 'banned') (await its.world.session(its.running, id)).close('banned');
      if (where === 'banned') await its.world.state(id, { status: 'banned' });
      its.running.engine.onConnect = undefined;
      const account = await its.world.accounts.reset(ctx, id);
      expect(account).toMatchObject({ phoneNumber: null, pushName: null, statusNote: 'Account reset by user' });
      expect(account.state).toMatchObject({
        status: 'inactive',
        wanted: 'offline',
        connection: 'offline',
        deadline: null,
      });
      await its.world.until(() => expect(its.running.engine.live(id)).toBeUndefined());
      const { rows } = await database.pool.query('select from mkt_wap_session_records where account_id = $1', [id]);
      expect(rows).toEqual([]);
      await its.world.accounts.initialize(ctx, id);
      expect((await its.world.session(its.running, id)).start.linked).toBe(false);
      (await its.world.session(its.running, id)).scan('9990011');
      await its.world.state(id, { status: 'active', connection: 'connected' });
    },
  );

  it('is unlinked at WhatsApp also when it is reset while it is offline, by the client version that works', async () => {
    await database.pool.query(
      `insert into mkt_wap_client_versions (network, version, worked_at) values ('sandbox', '2.3000.77', now())
       on conflict (network) do update set version = excluded.version`,
    );
    const id = await its.world.link(its.running, '9990013');
    await its.world.rest(id);
    const before = its.running.engine.of(id).length;
    await its.world.accounts.reset(ctx, id);
    const farewell = await its.world.until(() => {
      const session = its.running.engine.of(id)[before];
      expect(session?.frames).toEqual(['goodbye']);
      return session!;
    });
    expect(farewell.start).toMatchObject({ linked: true, endpoint: { version: '2.3000.77' } });
    await its.world.until(async () => {
      const { rows } = await database.pool.query('select owner from mkt_wap_leases where account_id = $1', [id]);
      expect(rows).toEqual([{ owner: null }]);
    });
    expect(its.running.engine.live(id)).toBeUndefined();
    expect(await its.world.generations(id)).toEqual(['linked', 'reset']);
    await its.world.state(id, { status: 'inactive', connection: 'offline' });
  });

  it.each(['reset', 'logout'] as const)('is unlinked at WhatsApp also by a %s while it is connecting', async (verb) => {
    const id = await its.world.link(its.running, '9990016');
    its.running.engine.onConnect = () => undefined;
    (await its.world.session(its.running, id)).close('connection_lost');
    await its.world.state(id, { connection: 'reconnecting' });
    await its.world.pass(2);
    const connecting = await its.world.session(its.running, id);
    its.running.engine.onConnect = undefined;
    await its.world.accounts[verb](ctx, id);
    await its.world.until(() => expect(its.running.engine.of(id).at(-1)!.frames).toEqual(['goodbye']));
    expect(connecting.frames).toEqual([]);
    await its.world.until(() => expect(its.running.engine.live(id)).toBeUndefined());
  });

  it('is reset without waiting for WhatsApp, and for 30 days a person can take the session back', async () => {
    const id = await its.world.link(its.running, '9990014');
    const session = await its.world.session(its.running, id);
    its.running.engine.takesLeave = false;
    const { state } = await its.world.accounts.reset(ctx, id);
    expect(state).toMatchObject({ status: 'inactive', connection: 'offline' });
    await its.world.until(() => expect(session.frames).toEqual(['goodbye']));
    expect(session.state).toBe('live');

    const archives = async () =>
      (await listGenerations(database.pool, ctx, id)).filter(({ cause }) => cause === 'reset');
    const [archive] = await archives();
    const keptUntil = new Date(archive!.expiresAt!);
    expect(keptUntil.getTime() - new Date(archive!.createdAt).getTime()).toBe(30 * 86_400_000);
    await deleteOldGenerations(database.pool, new Date(keptUntil.getTime() - 1));
    // Behind its goodbye, which is waited for 10 s.
    await its.world.turning(its.world.commands.ask(id, 'restore-session', { generationId: archive!.id }));
    await its.world.pass(10);
    await its.world.state(id, { status: 'active', connection: 'connected' });
    expect((await read(id)).phoneNumber).toBe('+9990014');
    for (let day = 0; day <= 30; day += 1)
      await noteLived(database.pool, new Date(keptUntil.getTime() - day * 86_400_000));
    await deleteOldGenerations(database.pool, keptUntil);
    expect(await archives()).toEqual([]);
  });

  it.each([
    ['unlinked', { status: 'inactive', userAction: 'scan_qr' }, false],
    ['replaced', { status: 'inactive', userAction: 'take_over', wanted: 'offline' }, true],
    ['banned', { status: 'banned', userAction: 'contact_whatsapp' }, true],
  ] as const)('comes to rest when it is %s, and no other account notices', async (reason, expected, kept) => {
    const other = await its.world.link(its.running);
    const id = await its.world.link(its.running);
    (await its.world.session(its.running, id)).close(reason);
    await its.world.state(id, { ...expected, connection: 'offline', reason });
    await its.world.pass(5);
    expect(its.running.engine.live(id)).toBeUndefined();
    await its.world.state(other, { connection: 'connected' });
    expect(its.running.engine.of(other)).toHaveLength(2);
    await its.world.accounts.initialize(ctx, id);
    expect((await its.world.session(its.running, id)).start.linked).toBe(kept);
  });

  it('waits for the end of a ban, and comes back then', async () => {
    const id = await its.world.link(its.running);
    const until = its.world.clock.now().getTime() + 3_600_000;
    (await its.world.session(its.running, id)).close('temporarily_banned', { until });
    await its.world.state(id, { status: 'banned', userAction: 'wait', connection: 'offline' });
    await its.world.pass(3);
    expect(its.running.engine.live(id)).toBeUndefined();
    its.world.clock.advance(3_600_000);
    await its.world.state(id, { status: 'active', connection: 'connected' });
  });

  it.each([
    ['initialize', 'remove'],
    ['remove', 'initialize'],
    ['restore-session', 'remove'],
    ['remove', 'restore-session'],
  ] as const)('is gone for good when %s and %s are asked in one moment', async (...verbs) => {
    const id = await its.world.link(its.running);
    await its.world.rest(id);
    const [generation] = await listGenerations(database.pool, ctx, id);
    const now = its.world.clock.now();
    for (const [i, verb] of verbs.entries()) {
      const [at, deadline] = [i, 60_000].map((later) => new Date(now.getTime() + later)) as [Date, Date];
      const input: object = verb === 'restore-session' ? { generationId: generation!.id } : {};
      await insertCommand(database.pool, { id: uuid(), accountId: id, verb, input } as Command, at, deadline);
    }
    its.world.notifier.wake('commands', id);
    await its.world.until(async () => {
      const { rows } = await database.pool.query(
        `select verb, answer from mkt_wap_commands where account_id = $1 and verb = any($2) and created_at >= $3`,
        [id, [...verbs], now],
      );
      expect(rows.find(({ verb }) => verb === 'remove')).toMatchObject({ answer: { ok: true } });
      expect(rows.every(({ answer }) => answer !== null)).toBe(true);
    });
    await its.world.until(async () => {
      const { rows } = await database.pool.query('select owner from mkt_wap_leases where account_id = $1', [id]);
      expect(rows).toEqual([{ owner: null }]);
    });
    expect(its.running.engine.live(id)).toBeUndefined();
    expect((await its.world.events(id)).at(-1)).toBe('account.deleted');
  });

  it('has one engine also when its session is taken back while it says goodbye', async () => {
    const id = await its.world.link(its.running, '9990015');
    await its.world.rest(id);
    let most = 0;
    its.running.engine.onConnect = (session) => {
      most = Math.max(most, its.running.engine.of(id).filter(({ state }) => state === 'live').length);
      void session.login();
    };
    its.running.engine.takesLeave = false;
    await its.world.accounts.reset(ctx, id);
    await its.world.until(() => expect(its.running.engine.live(id)?.frames).toEqual(['goodbye']));
    const [archive] = await listGenerations(database.pool, ctx, id);
    await its.world.turning(its.world.commands.ask(id, 'restore-session', { generationId: archive!.id }));
    await its.world.pass(30);
    await its.world.state(id, { status: 'active', connection: 'connected' });
    expect(most).toBe(1);
  });

  it('is gone after it was removed', async () => {
    const id = await its.world.link(its.running, '9990012');
    await its.world.accounts.remove(ctx, id);
    await expect(read(id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await its.world.events(id)).at(-1)).toBe('account.deleted');
    await its.world.until(() => expect(its.running.engine.live(id)).toBeUndefined());
    expect((await its.world.link(its.running, '9990012')).length).toBeGreaterThan(0);
  });
});
