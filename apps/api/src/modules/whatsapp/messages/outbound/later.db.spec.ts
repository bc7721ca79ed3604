/** Messages for later: what they are when their time comes, and not what they would have been when they were asked for. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GovernorService } from '../../../governor/governor.service.js';
import type { PhoneDigits } from '../../jid.js';
import { inboundMessage } from '../../testing/inbound.builder.js';
import { CLEO, useOutbox } from '../../testing/use.outbox.js';
import { ctx } from '../../testing/worker.world.js';

describe('a message for later', () => {
  const its = useOutbox();
  const { database, read, send } = its;
  const HOUR = 3_600_000;
  const cleo = { phone: CLEO as PhoneDigits, lid: null };

  const laneOf = async (id: string) =>
    (await database.pool.query('select lane from mkt_wap_messages where id = $1', [id])).rows[0].lane;
  /** Cleo writes now. */
  async function heard() {
    const session = await its.live();
    const message = inboundMessage({ chat: cleo, sender: cleo, at: its.world.clock.now().getTime() });
    session.emit({ type: 'message', message });
    await its.world.until(async () => expect(await its.world.events(its.id)).toContain('message.received'));
    return session;
  }
  async function turn(ms: number) {
    its.world.clock.advance(ms);
    await its.world.tidy();
  }

  it('waits for its time, and then leaves behind what was sent meanwhile', async () => {
    const session = await its.live();
    const later = await send('later', { notBefore: its.inMs(HOUR) });
    expect(later).toMatchObject({ status: 'queued', queuedReason: 'scheduled' });
    const now = await send('now');
    await its.world.until(() => expect(session.frames).toEqual([now.waId]));
    session.ack(now.waId);
    await its.status(now, 'sent');
    await turn(HOUR);
    await its.world.until(() => expect(session.frames).toEqual([now.waId, later.waId]));
    expect(Number((await read(later)).ordinal)).toBeGreaterThan(Number(now.ordinal));
    expect((await its.world.events(its.id)).filter((event) => event === 'message.updated')).toHaveLength(1);
  });

  it('whose file is not at WhatsApp yet keeps nothing back before its time, and what is behind it from then on', async () => {
    const session = await its.live();
    const mediaId = randomUUID();
    await database.pool.query(
      `insert into mkt_wap_media (id, account_id, origin, state, mime, sha256, size, created_at, updated_at)
       values ($1, $2, 'out', 'ready', 'image/png', 'abc', 1, $3, $3)`,
      [mediaId, its.id, its.world.clock.now()],
    );
    const picture = { text: undefined, content: { kind: 'image', mediaId }, notBefore: its.inMs(HOUR) } as const;
    const later = await send('', picture as never);
    const now = await send('now');
    await its.world.until(() => expect(session.frames).toEqual([now.waId]));
    session.ack(now.waId);
    await its.status(now, 'sent');
    await turn(HOUR);
    const [behind, other] = [await send('behind it'), await send('other', { to: '+9991112224' })];
    await its.world.until(() => expect(session.frames).toEqual([now.waId, other.waId]));
    expect(await read(later)).toMatchObject({ status: 'queued', queuedReason: 'media' });
    expect((await read(behind)).status).toBe('queued');
  });

  it('is no reply any more when a day has passed, and waits for the morning', async () => {
    const session = await heard();
    const quiet = { quietHours: { from: '21:00', to: '08:00' }, timeZone: 'UTC' };
    await new GovernorService(database, its.world.clock, its.world.notifier).change(ctx, its.id, {
      profile: 'settled',
      settings: quiet,
    });
    const now = await send('a reply passes at midnight');
    expect(await laneOf(now.id)).toBe('reply');
    await its.world.until(() => expect(session.frames).toEqual([now.waId]));
    session.ack(now.waId);
    await its.status(now, 'sent');
    const later = await send('tomorrow night', { notBefore: its.inMs(26 * HOUR) });
    await turn(26 * HOUR);
    await its.world.until(async () => expect(await read(later)).toMatchObject({ queuedReason: 'held' }));
    expect([await laneOf(later.id), session.frames]).toEqual(['direct', [now.waId]]);
    await turn(6 * HOUR);
    await its.world.until(() =>
      expect(its.running.engine.of(its.id).flatMap(({ frames }) => frames)).toContain(later.waId),
    );
  });

  it('is a reply when its person has written meanwhile, and one of a campaign stays that', async () => {
    const [direct, campaign] = [
      await send('one', { notBefore: its.inMs(HOUR) }),
      await send('two', { notBefore: its.inMs(HOUR), lane: 'campaign' }),
    ];
    expect([await laneOf(direct.id), await laneOf(campaign.id)]).toEqual(['first_contact', 'campaign_first_contact']);
    await heard();
    await turn(HOUR);
    expect([await laneOf(direct.id), await laneOf(campaign.id)]).toEqual(['reply', 'campaign']);
  });

  it('lives from then on, where messages disappear', async () => {
    await send('makes the chat');
    await database.pool.query('update mkt_wap_chats set ephemeral_seconds = 3600');
    const later = await send('later', { notBefore: its.inMs(48 * HOUR) });
    await turn(48 * HOUR);
    const ripe = await read(later);
    expect(Date.parse(ripe.expiresAt!) - Date.parse(ripe.timestamp)).toBe(HOUR);
  });
});
