/** The governor under a real worker, journal, outbox and database: what leaves the socket is what it let go. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../testing/database.js';
import { ChatService } from '../whatsapp/chats/chat.service.js';
import { ctx, freshWorld, type RunningWorker, type WorkerWorld } from '../whatsapp/testing/worker.world.js';
import { GovernorService } from './governor.service.js';
import { insertOptOuts } from './opt-outs/opt.out.repository.js';

describe('an account that is governed', () => {
  const database = useDatabase();
  let world: WorkerWorld;
  let running: RunningWorker;
  let service: GovernorService;
  beforeEach(async () => {
    ({ world, running } = await freshWorld(database));
    service = new GovernorService(database, world.clock, world.notifier);
  });
  afterEach(() => world.stop());

  let people = 0;
  const person = () => `9991200${String((people += 1)).padStart(4, '0')}`;
  const send = async (accountId: string, to: string) =>
    (await world.messages.send(ctx, { accountId, to: `+${to}`, text: 'hi' })).message;
  const settled = { profile: 'settled', settings: { quietHours: null } } as const;

  it('lets no more first contacts leave than it may, over a restart of the worker too', async () => {
    const id = await world.link(running);
    await service.change(ctx, id, { profile: 'settled', settings: { quietHours: null, firstContactBurst: 3 } });
    const sent: { id: string; chatId: string }[] = [];
    for (let i = 0; i < 6; i += 1) sent.push(await send(id, person()));
    const first = await world.session(running, id);
    await world.until(() => expect(first.frames).toHaveLength(3));
    for (const waId of first.frames) first.ack(waId);
    await world.until(async () => expect((await world.messages.read(ctx, sent[0]!.id)).status).toBe('sent'));
    await world.turning(running.worker.stop());
    world.workers.splice(world.workers.indexOf(running), 1);
    const next = await world.startWorker();
    const second = await world.session(next, id);
    const known = await send(id, (await recipientOf(sent[0]!.chatId))!);
    await world.until(() => expect(second.frames).toContain(known.waId));
    expect(second.frames).toEqual([known.waId]);
    expect((await service.budget(ctx, id)).firstContacts).toMatchObject({ used: 3 });
  });

  it('knows a person who received something, though the ack of it was lost', async () => {
    const id = await world.link(running);
    await service.change(ctx, id, settled);
    const session = await world.session(running, id);
    const to = person();
    const { waId, chatId } = await send(id, to);
    await world.until(() => expect(session.frames).toEqual([waId]));
    const known = async () =>
      (await database.pool.query('select known_since from mkt_wap_chats where id = $1', [chatId])).rows[0].known_since;
    expect(await known()).toBeNull();
    const by = { phone: to as never, lid: null };
    session.emit({ type: 'receipt', waIds: [waId], by, chat: by, status: 'delivered', at: null });
    await world.until(async () => expect(await known()).not.toBeNull());
  });

  it('holds first contacts after a 463, lets replies pass, and goes on when WhatsApp says that it is over', async () => {
    const id = await world.link(running);
    await service.change(ctx, id, settled);
    const session = await world.session(running, id);
    const until = world.clock.now().getTime() + 3_600_000;
    session.emit({ type: 'limit', code: 'reach_out_time_lock', until });
    await world.until(async () => expect(await world.events(id)).toContain('governor.hold'));
    const cold = await send(id, person());
    const asker = person();
    session.emit({
      type: 'message',
      message: {
        waId: 'ASKED',
        chat: { phone: asker as never, lid: null },
        sender: { phone: asker as never, lid: null },
        senderName: 'Ann',
        fromMe: false,
        content: { kind: 'text', text: 'Are you open?' },
        quotedWaId: null,
        forwardingScore: 0,
        viewOnce: false,
        ephemeralSeconds: null,
        at: world.clock.now().getTime(),
        history: false,
        raw: new Uint8Array([1]),
      },
    });
    await world.until(async () => expect(await world.events(id)).toContain('message.received'));
    const reply = await send(id, asker);
    await world.until(() => expect(session.frames).toContain(reply.waId));
    expect(session.frames).not.toContain(cold.waId);
    session.emit({ type: 'limit', code: 'reach_out_time_lock', until: 0 });
    await world.until(() => expect(session.frames).toContain(cold.waId));
    await world.until(async () => expect(await world.events(id)).toContain('governor.lifted'));
  });

  it.each([
    ['reach_out_time_lock', 'reach_out_time_lock', 'first_contacts'],
    ['new_chat_limit', 'new_chat_limit', 'first_contacts'],
    ['rate_limited', 'rate_limited', 'all_but_replies'],
    ['devices_changed', 'stanza_refused', 'first_contacts'],
  ] as const)('holds what a refusal with %s tells it to, until then where it says so', async (code, held, scope) => {
    const id = await world.link(running);
    await service.change(ctx, id, settled);
    const session = await world.session(running, id);
    const until = world.clock.now().getTime() + 7_200_000;
    const told = code === 'reach_out_time_lock' ? { until } : {};
    const refused = await send(id, person());
    // 479 is sent once more, to the new devices.
    for (let frames = 1; frames <= (code === 'devices_changed' ? 2 : 1); frames += 1) {
      await world.until(() => expect(session.frames).toHaveLength(frames));
      session.emit({ type: 'message-ack', waId: refused.waId, at: null, failure: { code, detail: '', ...told } });
    }
    await world.until(async () => expect((await world.messages.read(ctx, refused.id)).status).toBe('failed'));
    await world.until(async () => expect(await world.events(id)).toContain('governor.hold'));
    const { holds, lanes } = await service.budget(ctx, id);
    expect(holds).toMatchObject([{ code: held, scope, message: expect.stringMatching(/\w/) }]);
    if ('until' in told) expect(holds[0]!.until.slice(0, 19)).toBe(new Date(until).toISOString().slice(0, 19));
    const closed = lanes.flatMap(({ lane, held: why }) => (why?.reason === 'whatsapp' ? [lane] : []));
    const cold = ['first_contact', 'campaign_first_contact'];
    expect(closed.toSorted()).toEqual((scope === 'first_contacts' ? cold : [...cold, 'direct', 'campaign']).toSorted());
    const frames = session.frames.length;
    await send(id, person());
    await world.pass(5);
    expect(session.frames).toHaveLength(frames);
  });

  it('begins with replies alone after a temporary ban', async () => {
    const id = await world.link(running);
    await service.change(ctx, id, settled);
    const until = world.clock.now().getTime() + 60_000;
    (await world.session(running, id)).close('temporarily_banned', { until });
    await world.until(async () => expect(await world.events(id)).toContain('governor.hold'));
    expect((await service.budget(ctx, id)).holds).toMatchObject([
      { code: 'restricted', scope: 'all_but_replies', until: new Date(until + 24 * 3_600_000).toISOString() },
    ]);
  });

  it('says until when a queue stands still for which the day is used up, though a reply could leave', async () => {
    const id = await world.link(running);
    const settings = { burst: 5, perMinute: 60, perDay: 2, firstContactBurst: 10, firstContactsPerHour: 60 };
    await service.change(ctx, id, { profile: 'settled', settings: { ...settings, quietHours: null } });
    const session = await world.session(running, id);
    const first = await send(id, person());
    await world.until(() => expect(session.frames).toEqual([first.waId]));
    const told = async () =>
      (
        await database.pool.query(`select payload from mkt_wap_events where event = 'account.queue' order by row`)
      ).rows.map(({ payload }) => payload);
    expect(await told()).toEqual([]);
    await send(id, person());
    await world.until(async () => expect(await told()).toMatchObject([{ waitsFor: 'governor' }]));
    expect(Date.parse((await told())[0].until) - world.clock.now().getTime()).toBeGreaterThan(3_600_000);
    expect(session.frames).toEqual([first.waId]);
  });

  it('counts a message once that did not leave at first, and lets it go when there is room, on the next connection', async () => {
    const id = await world.link(running);
    const settings = { burst: 1, perMinute: 60, perDay: 3, firstContactBurst: 10, firstContactsPerHour: 60 };
    await service.change(ctx, id, { profile: 'settled', settings: { ...settings, quietHours: null } });
    const broken = await world.session(running, id);
    broken.send = async () => ({ ok: false, code: 'not_connected', detail: '', certain: true });
    const late = await send(id, person());
    const used = async () => {
      const { sends, firstContacts } = await service.budget(ctx, id);
      return [sends.used, firstContacts.used];
    };
    await world.until(async () => expect((await world.messages.read(ctx, late.id)).status).toBe('sending'));
    await world.until(async () => expect(await used()).toEqual([0, 0]));
    broken.close('connection_lost');
    const session = await world.until(() => {
      const next = running.engine.live(id);
      expect(next && next !== broken).toBe(true);
      return next!;
    });
    await world.until(() => expect(session.frames).toEqual([late.waId]));
    await world.until(async () => expect(await used()).toEqual([1, 1]));
    // Of three a day one is kept for replies: the second one goes if the first counts once.
    const second = await send(id, person());
    await world.until(() => expect(session.frames).toEqual([late.waId, second.waId]));
    const third = await send(id, person());
    await world.until(async () => {
      const { lanes } = await service.budget(ctx, id);
      const held = { reason: 'daily_limit' };
      expect(lanes.find(({ lane }) => lane === 'first_contact')).toMatchObject({ waiting: 1, held });
    });
    expect(session.frames).not.toContain(third.waId);
    expect(await used()).toEqual([2, 2]);
  });

  it('gives back the place of a text that is taken back while it is typed', async () => {
    const id = await world.link(running);
    const settings = { burst: 5, perMinute: 60, perDay: 2, firstContactBurst: 10, firstContactsPerHour: 60 };
    await service.change(ctx, id, { profile: 'settled', settings: { ...settings, quietHours: null } });
    const session = await world.session(running, id);
    const typed = { accountId: id, to: `+${person()}`, text: 'a long text '.repeat(20), simulateTyping: true };
    const { message } = await world.messages.send(ctx, typed);
    await world.until(() => expect(session.shown).toEqual(['typing']));
    expect((await world.turning(world.outbox.cancel(ctx, message.id))).status).toBe('cancelled');
    world.clock.advance(10_000);
    // Of two a day one is kept for replies.
    const second = await send(id, person());
    await world.until(() => expect(session.frames).toEqual([second.waId]));
    const { sends, firstContacts } = await service.budget(ctx, id);
    expect([sends.used, firstContacts.used]).toEqual([1, 1]);
  });

  it('says that a queue waits for the governor, until when, and that it goes on again', async () => {
    const id = await world.link(running);
    // Six seconds by the monotonic clock, which nobody turns.
    const slow = { burst: 1, perMinute: 10, firstContactBurst: 10, firstContactsPerHour: 60, quietHours: null };
    await service.change(ctx, id, { profile: 'settled', settings: slow });
    const session = await world.session(running, id);
    const [, second] = [await send(id, person()), await send(id, person())];
    await world.until(() => expect(session.frames).toHaveLength(1));
    const told = async () =>
      (
        await database.pool.query(`select payload from mkt_wap_events where event = 'account.queue' order by row`)
      ).rows.map(({ payload }) => payload);
    await world.until(async () => expect(await told()).toMatchObject([{ waitsFor: 'governor' }]));
    const [{ until }] = (await told()) as [{ until: string }];
    expect(await world.outbox.queue(ctx, id)).toMatchObject({ waiting: 1, held: 0, waitsFor: 'governor', until });
    expect(session.frames).toHaveLength(1);
    await world.until(() => expect(session.frames[1]).toBe(second.waId));
    await world.until(async () => expect((await told()).at(-1)).toEqual({ waitsFor: null, until: null }));
    expect(await world.outbox.queue(ctx, id)).toMatchObject({ waiting: 0, waitsFor: null, until: null });
    expect((await told()).length).toBeLessThan(10);
  });

  it('holds a chat in quiet hours and not the others, says so of message and queue, and sends when they are over', async () => {
    const id = await world.link(running);
    const session = await world.session(running, id);
    world.clock.advance(Date.parse('2026-05-01T12:00:00Z') - world.clock.now().getTime());
    const quietHours = { from: '11:00', to: '14:00' };
    await service.change(ctx, id, { profile: 'settled', settings: { quietHours, timeZone: 'UTC' } });
    const held = await send(id, person());
    const read = async () => world.messages.read(ctx, held.id);
    await world.until(async () => expect(await read()).toMatchObject({ status: 'queued', queuedReason: 'held' }));
    expect(await world.events(id)).toContain('message.updated');
    const until = '2026-05-01T14:00:00.000Z';
    expect(await world.outbox.queue(ctx, id)).toMatchObject({ waiting: 0, held: 1, waitsFor: 'held', until });
    expect(await world.events(id)).not.toContain('account.queue');
    expect(session.frames).toEqual([]);
    await world.tidy();
    expect(session.frames).toEqual([]);
    world.clock.advance(Date.parse(until) - world.clock.now().getTime());
    await world.tidy();
    await world.until(() => expect(session.frames).toEqual([held.waId]));
    await world.until(async () => expect(await read()).toMatchObject({ status: 'sending', queuedReason: null }));
    expect(await world.outbox.queue(ctx, id)).toMatchObject({ held: 0, sending: 1, waitsFor: null });
  });

  it('tells nobody who wants no messages how long messages live in their chat', async () => {
    const id = await world.link(running);
    const { chatId } = await send(id, person());
    const chats = new ChatService(database, world.clock, world.notifier, world.commands);
    const change = () => chats.change(ctx, chatId, { disappearingSeconds: 86_400 });
    // It gets as far as the engine, which has none of this here.
    await expect(world.turning(change())).rejects.toMatchObject({ code: 'conflict' });
    const { rows } = await database.pool.query('select person_id from mkt_wap_chats where id = $1', [chatId]);
    const actor = { kind: 'user' as const, id: null, name: 'spec' };
    const place = { network: 'sandbox' as const, personId: rows[0].person_id };
    await insertOptOuts(database.pool, [{ ...place, source: 'by_hand', actor, note: null }], world.clock.now());
    await expect(change()).rejects.toMatchObject({ code: 'opted_out' });
  });

  async function recipientOf(chatId: string): Promise<string | undefined> {
    const { rows } = await database.pool.query(
      `select p.phone from mkt_wap_chats c join mkt_wap_people p on p.id = c.person_id where c.id = $1`,
      [chatId],
    );
    return rows[0]?.phone;
  }
});
