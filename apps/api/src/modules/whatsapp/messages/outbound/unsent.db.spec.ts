/** What was handed over and certainly never left (its connection went first) waits for the next one as if it were queued. */
import { describe, expect, it } from 'vitest';
import { insertOptOuts } from '../../../governor/opt-outs/opt.out.repository.js';
import { GovernorService } from '../../../governor/governor.service.js';
import { useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('what never left', () => {
  const its = useOutbox();
  const { database, read, send, status } = its;
  const HOUR = 3_600_000;

  /** Handed to a connection that is going, and away since. */
  async function unsent(text: string, more: Parameters<typeof send>[1] = {}) {
    const session = await its.live();
    session.send = async () => ({ ok: false, code: 'not_connected', detail: '', certain: true });
    const message = await send(text, more);
    await its.world.until(async () => {
      const { rows } = await database.pool.query(
        `select from mkt_wap_messages where id = $1 and status = 'sending' and attempts = 0`,
        [message.id],
      );
      expect(rows).toHaveLength(1);
    });
    return message;
  }
  async function away(text: string, more: Parameters<typeof send>[1] = {}) {
    const message = await unsent(text, more);
    await its.world.accounts.disconnect(ctx, its.id);
    await its.world.state(its.id, { connection: 'offline' });
    return message;
  }
  async function back() {
    await its.world.accounts.initialize(ctx, its.id);
    return its.live();
  }

  it('is the first of the next connection, under its id and once', async () => {
    const message = await away('first');
    const behind = await send('behind it');
    const session = await back();
    await its.world.until(() => expect(session.frames).toEqual([message.waId, behind.waId]));
  });

  it('is not tried again by the connection that is going, however often that is woken', async () => {
    const session = await its.live();
    const tried: string[] = [];
    session.send = async ({ waId }) => {
      tried.push(waId);
      return { ok: false, code: 'not_connected', detail: '', certain: true };
    };
    const [first, second] = [await send('one'), await send('two')];
    for (const each of [first, second]) await status(each, 'sending');
    its.world.notifier.wake('outbox', its.id);
    const third = await send('three');
    await status(third, 'sending');
    expect(tried).toEqual([first.waId, second.waId, third.waId]);
  });

  it('is taken back alone, and then never leaves', async () => {
    const message = await away('taken back');
    const cancelled = await its.world.turning(its.world.outbox.cancel(ctx, message.id));
    expect(cancelled).toMatchObject({ status: 'cancelled', cancelledAt: expect.any(String) });
    expect(await its.world.outbox.cancel(ctx, message.id)).toEqual(cancelled);
    const session = await back();
    const after = await send('after');
    await its.world.until(() => expect(session.frames).toEqual([after.waId]));
    await expect(its.world.outbox.cancel({ ...ctx, accounts: [] }, message.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is taken back with its batch, also where nothing else of that waits', async () => {
    const session = await its.live();
    session.send = async () => ({ ok: false, code: 'not_connected', detail: '', certain: true });
    const { batchId, items } = await its.world.messages.sendBatch(ctx, {
      messages: [{ message: { accountId: its.id, to: '+9991112223', text: 'one of one' } }],
    });
    await status(items[0]!.message!, 'sending');
    await its.world.accounts.disconnect(ctx, its.id);
    const done = await its.world.turning(its.world.outbox.cancelBatch(ctx, batchId!));
    expect(done).toMatchObject({ cancelled: 1, statuses: { cancelled: 1 } });
  });

  it('says that it can be taken back, also to who only hears events, and says so no more once it leaves', async () => {
    const message = await away('says so');
    expect(message.cancellable).toBe(true);
    expect(await read(message)).toMatchObject({ status: 'sending', cancellable: true });
    const told = async () => {
      const { rows } = await database.pool.query(
        `select event, payload #>> '{message,cancellable}' as cancellable, coalesce(payload ->> 'status', payload #>> '{message,status}') as status
         from mkt_wap_events where account_id = $1 and event like 'message.%' order by id`,
        [its.id],
      );
      return rows.map(({ event, cancellable, status: at }) => [event, at, cancellable]);
    };
    const before = [
      ['message.created', 'queued', 'true'],
      ['message.status', 'sending', null],
      ['message.updated', 'sending', 'true'],
    ];
    expect(await told()).toEqual(before);
    const session = await back();
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
    await its.world.until(async () => expect((await read(message)).cancellable).toBe(false));
    expect(await told()).toEqual([...before, ['message.status', 'sending', null]]);
  });

  it('is counted among what waits, with why', async () => {
    const message = await away('waits');
    expect(await its.world.outbox.queue(ctx, its.id)).toMatchObject({
      waiting: 1,
      sending: 0,
      waitsFor: 'offline',
      oldestAt: message.createdAt,
    });
    const { lanes } = await new GovernorService(database, its.world.clock, its.world.notifier).budget(ctx, its.id);
    expect(lanes.filter(({ waiting }) => waiting > 0)).toMatchObject([{ lane: 'first_contact', waiting: 1 }]);
  });

  it('waits for longer than what may have left is asked for, and is sent then', async () => {
    const message = await away('two days later');
    its.world.clock.advance(48 * HOUR);
    await its.world.tidy();
    expect(await read(message)).toMatchObject({ status: 'sending', failure: null });
    const session = await back();
    await its.world.until(() => expect(session.frames).toEqual([message.waId]));
  });

  it('runs out as what is queued does', async () => {
    const message = await away('until then', { notAfter: its.inMs(HOUR) });
    await its.world.rest(its.id);
    its.world.clock.advance(HOUR);
    await its.world.tidy();
    expect((await read(message)).status).toBe('expired');
  });

  it('fails for certain when its person wants no messages', async () => {
    const message = await away('an offer');
    const { rows } = await database.pool.query('select person_id from mkt_wap_chats where id = $1', [message.chatId]);
    const actor = { kind: 'user' as const, id: null, name: 'spec' };
    const place = { network: 'sandbox' as const, personId: rows[0].person_id };
    await insertOptOuts(database.pool, [{ ...place, source: 'by_hand', actor, note: null }], its.world.clock.now());
    expect(await read(message)).toMatchObject({ status: 'failed', failure: { code: 'opted_out', certain: true } });
  });
});
