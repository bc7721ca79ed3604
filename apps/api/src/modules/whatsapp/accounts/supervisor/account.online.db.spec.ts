/** An account that is online: it reconnects, finds its groups and sends. Under a real worker and database. */
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { tracedAccount } from '../trace.repository.js';
import type { GroupJid, PhoneDigits } from '../../jid.js';
import { makeAccount } from '../../testing/account.builder.js';
import { useWorld } from '../../testing/use.world.js';
import { ctx } from '../../testing/worker.world.js';
import { lockWaits } from '../../../../testing/lock.waits.js';

describe('an account that is online', () => {
  const its = useWorld();
  const { database, read } = its;

  it('reconnects by itself, with back-off, inside active', async () => {
    const id = await its.world.link(its.running);
    its.running.engine.onConnect = (session) => session.close('network_unreachable');
    (await its.world.session(its.running, id)).close('connection_lost');
    await its.world.state(id, { status: 'active', connection: 'reconnecting', reason: 'network_unreachable' });
    await its.world.pass(10);
    await its.world.until(async () => expect((await read(id)).state.attempt).toBeGreaterThan(2));
    its.running.engine.onConnect = undefined;
    await its.world.pass(40);
    await its.world.state(id, { status: 'active', connection: 'connected', attempt: 0, reason: 'none' });
    expect(its.running.engine.of(id).filter(({ state }) => state === 'live')).toHaveLength(1);
  });

  describe('and is renamed while its owner writes', () => {
    /** Answers what comes of the new name, which was asked for before the owner's change was committed. */
    async function renamedOver(id: string, change: string) {
      const owner = await database.pool.connect();
      await owner.query('begin');
      await owner.query(`update mkt_wap_accounts set ${change} where id = $1`, [id]);
      const renamed = its.world.accounts.patch(ctx, id, { name: 'New name' });
      renamed.catch(() => undefined);
      await its.world.until(async () => expect(await lockWaits(database.pool)).toBe(1));
      await owner.query('commit');
      owner.release();
      return renamed;
    }

    it('is told as it is then', async () => {
      const id = await its.world.create();
      const now = { name: 'New name', pushName: 'Pushed', state: { status: 'active' } };
      expect(await renamedOver(id, `status = 'active', push_name = 'Pushed'`)).toMatchObject(now);
      const { rows } = await database.pool.query(
        `select payload from mkt_wap_events where account_id = $1 and event = 'account.updated'`,
        [id],
      );
      expect(rows).toMatchObject([{ payload: { account: now } }]);
    });

    it('is not told of again when it was removed', async () => {
      const id = await its.world.create();
      await expect(renamedOver(id, 'deleted_at = now()')).rejects.toMatchObject({ code: 'not_found' });
      expect(await its.world.events(id)).toEqual(['account.created']);
    });
  });

  it('is seen connected also after the clock was set back by a month', async () => {
    const id = await its.world.link(its.running);
    its.world.clock.step(-30 * 86_400_000);
    await its.world.pass(60);
    await its.world.until(async () =>
      expect(Date.parse((await read(id)).lastSeenConnectedAt!)).toBeLessThanOrEqual(its.world.clock.now().getTime()),
    );
    await its.world.state(id, { connection: 'connected' });
  });

  it('is traced where a worker of its network lives', async () => {
    const id = await its.world.create();
    const { id: elsewhere } = await makeAccount(database, { network: 'whatsapp', wanted: 'online' });
    const sandbox = { network: 'sandbox', wanted: 'offline', served: true };
    expect(await tracedAccount(database.pool, id)).toEqual(sandbox);
    expect(await tracedAccount(database.pool, elsewhere)).toMatchObject({ wanted: 'online', served: false });
    expect(await tracedAccount(database.pool, uuid())).toBeUndefined();
  });

  it('stays with its worker while it is traced, so that the login that comes is in the trace', async () => {
    const id = await its.world.link(its.running);
    await its.world.rest(id);
    const until = new Date(its.world.clock.now().getTime() + 60_000).toISOString();
    await its.world.commands.ask(id, 'trace', { traceId: uuid(), until });
    // Nobody who sets the clock prolongs it.
    its.world.clock.step(-30 * 86_400_000);
    const owner = async () =>
      (await database.pool.query('select owner from mkt_wap_leases where account_id = $1', [id])).rows[0].owner;
    await its.world.pass(5);
    await its.world.accounts.initialize(ctx, id);
    expect((await its.world.session(its.running, id)).start.trace?.on).toBe(true);
    await its.world.accounts.disconnect(ctx, id);
    await its.world.pass(5);
    expect(await owner()).toBe(its.running.id);
    await its.world.pass(60);
    await its.world.until(async () => {
      await its.world.pass(1);
      expect(await owner()).toBeNull();
    });
  });

  it('has many groups written in several commits, and leaves the others after the last', async () => {
    const id = await its.world.link(its.running);
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
    const session = await its.world.session(its.running, id);
    const rows = async (sql: string) => (await database.pool.query(sql)).rows;
    const left = () => rows('select group_id from mkt_wap_group_accounts where left_at is not null');
    session.emit({ type: 'groups', groups, complete: true });
    await its.world.until(async () => expect(await rows('select from mkt_wap_group_accounts')).toHaveLength(3));
    const [{ commits }] = await rows('select count(distinct xmin::text)::int as commits from mkt_wap_group_accounts');
    expect(commits).toBe(3);
    expect(await left()).toEqual([]);
    session.emit({ type: 'groups', groups: groups.slice(0, 2), complete: true });
    await its.world.until(async () => expect(await left()).toHaveLength(1));
  });

  it('sends what is queued, in order, when it is online; and again under the same id what was on its way', async () => {
    const id = await its.world.link(its.running);
    await its.world.accounts.disconnect(ctx, id);
    const send = (text: string) => its.world.messages.send(ctx, { accountId: id, to: '+9991112223', text });
    const sent = [await send('one'), await send('two'), await send('three')].map(({ message }) => message);
    expect(sent.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued']);
    await its.world.accounts.initialize(ctx, id);
    const session = await its.world.session(its.running, id);
    await its.world.until(() => expect(session.frames).toEqual(sent.map(({ waId }) => waId)));
    session.ack(sent[0]!.waId);
    const status = async (i: number) => (await its.world.messages.read(ctx, sent[i]!.id)).status;
    await its.world.until(async () => expect([await status(0), await status(1)]).toEqual(['sent', 'sending']));
    session.close('connection_lost');
    const next = await its.world.until(() => {
      const live = its.running.engine.live(id);
      expect(live && live !== session).toBe(true);
      return live!;
    });
    await its.world.until(() => expect(next.frames).toEqual(sent.slice(1).map(({ waId }) => waId)));
    next.ack(sent[2]!.waId);
    next.ack(sent[1]!.waId);
    await its.world.until(async () => expect([await status(1), await status(2)]).toEqual(['sent', 'sent']));
  });

  it('tries a message once that certainly cannot be sent, says why, and goes on with the next', async () => {
    const id = await its.world.link(its.running);
    const session = await its.world.session(its.running, id);
    const tried: string[] = [];
    session.send = async ({ waId }) => {
      tried.push(waId);
      return { ok: false, code: 'not_on_whatsapp', detail: '', certain: true };
    };
    const send = async (text: string) =>
      (await its.world.messages.send(ctx, { accountId: id, to: '+9991112224', text })).message;
    const sent = [await send('one'), await send('two')];
    for (const message of sent) {
      await its.world.until(async () => {
        const { status, failure } = await its.world.messages.read(ctx, message.id);
        expect([status, failure?.code, failure?.certain]).toEqual(['failed', 'not_on_whatsapp', true]);
      });
    }
    await its.world.pass(40);
    expect(tried).toEqual(sent.map(({ waId }) => waId));
  });

  it('calls a message unknown whose ack does not come, until a receipt tells', async () => {
    const id = await its.world.link(its.running);
    const session = await its.world.session(its.running, id);
    const { message } = await its.world.messages.send(ctx, { accountId: id, to: '+9991112225', text: 'one' });
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    await its.world.pass(31);
    const status = async () => (await its.world.messages.read(ctx, message.id)).status;
    await its.world.until(async () => expect(await status()).toBe('unknown'));
    const chat = { phone: '9991112225' as never, lid: null };
    session.emit({ type: 'receipt', waIds: [message.waId], chat, by: null, status: 'read', at: null });
    await its.world.until(async () => expect(await status()).toBe('read'));
    expect(session.frames).toEqual([message.waId]);
  });
});
