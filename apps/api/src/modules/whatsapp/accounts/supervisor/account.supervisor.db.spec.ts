/** The life of accounts under a real worker, journal and database, with an engine that is scripted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../../testing/database.js';
import { deleteOldGenerations, listGenerations } from '../../sessions/generation.repository.js';
import type { GroupJid, PhoneDigits } from '../../jid.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../../testing/worker.world.js';

describe('an account', () => {
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

  it.each(['created', 'warming', 'authenticating', 'active', 'disconnected', 'banned'] as const)(
    'can be reset when it is %s, and linked anew',
    async (where) => {
      const id = await world.create();
      if (where !== 'created') await world.accounts.initialize(ctx, id);
      if (['authenticating', 'active', 'disconnected', 'banned'].includes(where)) {
        if (where === 'authenticating') running.engine.onConnect = () => undefined;
        (await world.session(running, id)).scan('9990011');
        await world.state(id, { status: where === 'authenticating' ? where : 'active' });
      }
      if (where === 'disconnected') await world.accounts.disconnect(ctx, id);
      if (where === 'banned') (await world.session(running, id)).close('banned');
      if (where === 'banned') await world.state(id, { status: 'banned' });
      const account = await world.accounts.reset(ctx, id);
      expect(account).toMatchObject({ phoneNumber: null, pushName: null, statusNote: 'Account reset by user' });
      expect(account.state).toMatchObject({
        status: 'inactive',
        wanted: 'offline',
        connection: 'offline',
        deadline: null,
      });
      await world.until(() => expect(running.engine.live(id)).toBeUndefined());
      const { rows } = await database.pool.query('select from mkt_wap_session_records where account_id = $1', [id]);
      expect(rows).toEqual([]);
      running.engine.onConnect = undefined;
      await world.accounts.initialize(ctx, id);
      expect((await world.session(running, id)).start.linked).toBe(false);
      (await world.session(running, id)).scan('9990011');
      await world.state(id, { status: 'active', connection: 'connected' });
    },
  );

  it('is unlinked at WhatsApp also when it is reset while it is offline, by the client version that works', async () => {
    await database.pool.query(
      `insert into mkt_wap_client_versions (network, version, worked_at) values ('sandbox', '2.3000.77', now())
       on conflict (network) do update set version = excluded.version`,
    );
    const id = await world.link(running, '9990013');
    await world.rest(id);
    const before = running.engine.of(id).length;
    await world.accounts.reset(ctx, id);
    const farewell = await world.until(() => {
      const session = running.engine.of(id)[before];
      expect(session?.frames).toEqual(['goodbye']);
      return session!;
    });
    expect(farewell.start).toMatchObject({ linked: true, endpoint: { version: '2.3000.77' } });
    await world.until(async () => {
      const { rows } = await database.pool.query('select owner from mkt_wap_leases where account_id = $1', [id]);
      expect(rows).toEqual([{ owner: null }]);
    });
    expect(running.engine.live(id)).toBeUndefined();
    expect(await world.generations(id)).toEqual(['linked', 'reset']);
    await world.state(id, { status: 'inactive', connection: 'offline' });
  });

  it('is reset without waiting for WhatsApp, and for 30 days a person can take the session back', async () => {
    const id = await world.link(running, '9990014');
    const session = await world.session(running, id);
    running.engine.takesLeave = false;
    const { state } = await world.accounts.reset(ctx, id);
    expect(state).toMatchObject({ status: 'inactive', connection: 'offline' });
    await world.until(() => expect(session.frames).toEqual(['goodbye']));
    expect(session.state).toBe('live');

    const archives = async () =>
      (await listGenerations(database.pool, ctx, id)).filter(({ cause }) => cause === 'reset');
    const [archive] = await archives();
    const keptUntil = new Date(archive!.expiresAt!);
    expect(keptUntil.getTime() - new Date(archive!.createdAt).getTime()).toBe(30 * 86_400_000);
    await deleteOldGenerations(database.pool, new Date(keptUntil.getTime() - 1));
    await world.commands.ask(id, 'restore-session', { generationId: archive!.id });
    await world.state(id, { status: 'active', connection: 'connected' });
    expect((await read(id)).phoneNumber).toBe('+9990014');
    await deleteOldGenerations(database.pool, keptUntil);
    expect(await archives()).toEqual([]);
  });

  it('reconnects by itself, with back-off, inside active', async () => {
    const id = await world.link(running);
    running.engine.onConnect = (session) => session.close('network_unreachable');
    (await world.session(running, id)).close('connection_lost');
    await world.state(id, { status: 'active', connection: 'reconnecting', reason: 'network_unreachable' });
    await world.pass(10);
    await world.until(async () => expect((await read(id)).state.attempt).toBeGreaterThan(2));
    running.engine.onConnect = undefined;
    await world.pass(40);
    await world.state(id, { status: 'active', connection: 'connected', attempt: 0, reason: 'none' });
    expect(running.engine.of(id).filter(({ state }) => state === 'live')).toHaveLength(1);
  });

  it('has many groups written in several commits, and leaves the others after the last', async () => {
    const id = await world.link(running);
    const members = (from: number) =>
      Array.from({ length: 1_200 }, (_, i) => ({
        person: { phone: `${from + i}` as PhoneDigits, lid: null },
        role: 'member' as const,
      }));
    const described = { description: null, addressing: 'pn', announcement: false, locked: false } as const;
    const groups = [1, 2, 3].map((n) => ({
      group: `12036300${n}@g.us` as GroupJid,
      subject: `Group ${n}`,
      ...described,
      participants: members(n * 1e9),
    }));
    const session = await world.session(running, id);
    const rows = async (sql: string) => (await database.pool.query(sql)).rows;
    const left = () => rows('select group_id from mkt_wap_group_accounts where left_at is not null');
    session.emit({ type: 'groups', groups, complete: true });
    await world.until(async () => expect(await rows('select from mkt_wap_group_accounts')).toHaveLength(3));
    const [{ commits }] = await rows('select count(distinct xmin::text)::int as commits from mkt_wap_group_accounts');
    expect(commits).toBe(3);
    expect(await left()).toEqual([]);
    session.emit({ type: 'groups', groups: groups.slice(0, 2), complete: true });
    await world.until(async () => expect(await left()).toHaveLength(1));
  });

  it.each([
    ['unlinked', { status: 'inactive', userAction: 'scan_qr' }, false],
    ['replaced', { status: 'inactive', userAction: 'take_over', wanted: 'offline' }, true],
    ['banned', { status: 'banned', userAction: 'contact_whatsapp' }, true],
  ] as const)('comes to rest when it is %s, and no other account notices', async (reason, expected, kept) => {
    const other = await world.link(running);
    const id = await world.link(running);
    (await world.session(running, id)).close(reason);
    await world.state(id, { ...expected, connection: 'offline', reason });
    await world.pass(5);
    expect(running.engine.live(id)).toBeUndefined();
    await world.state(other, { connection: 'connected' });
    expect(running.engine.of(other)).toHaveLength(2);
    await world.accounts.initialize(ctx, id);
    expect((await world.session(running, id)).start.linked).toBe(kept);
  });

  it('waits for the end of a ban, and comes back then', async () => {
    const id = await world.link(running);
    const until = world.clock.now().getTime() + 3_600_000;
    (await world.session(running, id)).close('temporarily_banned', { until });
    await world.state(id, { status: 'banned', userAction: 'wait', connection: 'offline' });
    await world.pass(3);
    expect(running.engine.live(id)).toBeUndefined();
    world.clock.advance(3_600_000);
    await world.state(id, { status: 'active', connection: 'connected' });
  });

  it('sends what is queued, in order, when it is online; and again under the same id what was on its way', async () => {
    const id = await world.link(running);
    await world.accounts.disconnect(ctx, id);
    const send = (text: string) => world.messages.send(ctx, { accountId: id, to: '+9991112223', text });
    const sent = [await send('one'), await send('two'), await send('three')].map(({ message }) => message);
    expect(sent.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued']);
    await world.accounts.initialize(ctx, id);
    const session = await world.session(running, id);
    await world.until(() => expect(session.frames).toEqual(sent.map(({ waId }) => waId)));
    session.ack(sent[0]!.waId);
    const status = async (i: number) => (await world.messages.read(ctx, sent[i]!.id)).status;
    await world.until(async () => expect([await status(0), await status(1)]).toEqual(['sent', 'sending']));
    session.close('connection_lost');
    const next = await world.until(() => {
      const live = running.engine.live(id);
      expect(live && live !== session).toBe(true);
      return live!;
    });
    await world.until(() => expect(next.frames).toEqual(sent.slice(1).map(({ waId }) => waId)));
    next.ack(sent[2]!.waId);
    next.ack(sent[1]!.waId);
    await world.until(async () => expect([await status(1), await status(2)]).toEqual(['sent', 'sent']));
  });

  it('tries a message once that certainly cannot be sent, says why, and goes on with the next', async () => {
    const id = await world.link(running);
    const session = await world.session(running, id);
    const tried: string[] = [];
    session.send = async ({ waId }) => {
      tried.push(waId);
      return { ok: false, code: 'not_on_whatsapp', detail: '', certain: true };
    };
    const send = async (text: string) =>
      (await world.messages.send(ctx, { accountId: id, to: '+9991112224', text })).message;
    const sent = [await send('one'), await send('two')];
    for (const message of sent) {
      await world.until(async () => {
        const { status, failure } = await world.messages.read(ctx, message.id);
        expect([status, failure?.code, failure?.certain]).toEqual(['failed', 'not_on_whatsapp', true]);
      });
    }
    await world.pass(40);
    expect(tried).toEqual(sent.map(({ waId }) => waId));
  });

  it('calls a message unknown whose ack does not come, until a receipt tells', async () => {
    const id = await world.link(running);
    const session = await world.session(running, id);
    const { message } = await world.messages.send(ctx, { accountId: id, to: '+9991112225', text: 'one' });
    await world.until(() => expect(session.frames).toEqual([message.waId]));
    await world.pass(31);
    const status = async () => (await world.messages.read(ctx, message.id)).status;
    await world.until(async () => expect(await status()).toBe('unknown'));
    const chat = { phone: '9991112225' as never, lid: null };
    session.emit({ type: 'receipt', waIds: [message.waId], chat, by: null, status: 'read', at: null });
    await world.until(async () => expect(await status()).toBe('read'));
    expect(session.frames).toEqual([message.waId]);
  });

  it('is gone after it was removed', async () => {
    const id = await world.link(running, '9990012');
    await world.accounts.remove(ctx, id);
    await expect(read(id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await world.events(id)).at(-1)).toBe('account.deleted');
    await world.until(() => expect(running.engine.live(id)).toBeUndefined());
    expect((await world.link(running, '9990012')).length).toBeGreaterThan(0);
  });
});
