/** Sessions that cannot be used as they are: restored from a copy, or said exactly what is wrong with them. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listGenerations } from '../../sessions/generation.repository.js';
import { Vault } from '../../sessions/vault.js';
import { useWorld } from '../../testing/use.world.js';
import { ctx } from '../../testing/worker.world.js';

const DAY_MS = 24 * 3_600_000;

describe('a session', () => {
  const its = useWorld();
  const { database, read } = its;

  /** One record of credentials, each in another way. */
  const creds = (id: string) => ({ accountId: id, kind: 'creds', id: 'creds' }) as const;
  const reseal = (id: string, sealed: Buffer) =>
    database.pool.query(`update mkt_wap_session_records set sealed = $2 where account_id = $1`, [id, sealed]);
  const damages: Record<string, (id: string, other: string) => Promise<unknown>> = {
    missing: (id) => database.pool.query(`delete from mkt_wap_session_records where account_id = $1`, [id]),
    incomplete: (id) => reseal(id, its.world.vault.seal(creds(id), Buffer.from('{}'))),
    'of another account': (id, other) =>
      database.pool.query(
        `update mkt_wap_session_records set sealed = (select sealed from mkt_wap_session_records where account_id = $2)
         where account_id = $1`,
        [id, other],
      ),
    'of another key': (id) => reseal(id, new Vault(randomBytes(32)).seal(creds(id), Buffer.from('x'))),
    flipped: (id) =>
      database.pool.query(
        `update mkt_wap_session_records set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1) where account_id = $1`,
        [id],
      ),
  };

  it.each(Object.keys(damages))(
    'has its last good session back when the stored one is %s, without a QR, and says so',
    async (damage) => {
      const other = await its.world.link(its.running);
      const id = await its.world.link(its.running);
      await its.world.until(async () => expect(await its.world.generations(id)).toEqual(['linked']));
      await its.world.rest(id);
      await damages[damage]!(id, other);
      await its.world.accounts.initialize(ctx, id);
      await its.world.state(id, { status: 'active', connection: 'connected' });
      // What is missing leaves nothing to put aside.
      expect(await its.world.generations(id)).toEqual(damage === 'missing' ? ['linked'] : ['linked', 'invalid']);
      const events = await its.world.events(id);
      expect(events.filter((event) => event === 'account.qr')).toHaveLength(1);
      expect(events).toContain('account.session_restored');
    },
  );

  it.each([
    ['missing', 'session_missing', 'The saved session is missing. Scan a new QR.'],
    [
      'incomplete',
      'session_incomplete',
      'The saved session is incomplete: the credentials have no device. Scan a new QR.',
    ],
    ['flipped', 'session_corrupted', 'The saved session cannot be read: its bytes were changed. Scan a new QR.'],
    [
      'of another key',
      'session_corrupted',
      'The saved session cannot be read: it was sealed with another key. Scan a new QR.',
    ],
    [
      'of another account',
      'session_corrupted',
      'The saved session cannot be read: it belongs to another record or account. Scan a new QR.',
    ],
  ] as const)(
    'says which when the session is %s and nothing can be restored, and shows a QR only then',
    async (damage, reason, note) => {
      const other = await its.world.link(its.running);
      const id = await its.world.link(its.running);
      await its.world.rest(id);
      await database.pool.query('delete from mkt_wap_session_generations');
      await damages[damage]!(id, other);
      await its.world.accounts.initialize(ctx, id);
      await its.world.state(id, { status: 'inactive', reason, userAction: 'scan_qr' });
      expect((await its.world.accounts.read(ctx, id)).statusNote).toBe(note);
      await its.world.accounts.initialize(ctx, id);
      expect((await its.world.session(its.running, id)).start.linked).toBe(false);
    },
  );

  describe('is kept, and can be taken back,', () => {
    const copies = async (id: string) =>
      (await listGenerations(database.pool, ctx, id)).map(({ cause, expiresAt }) => [cause, expiresAt !== null]);
    /** Linked once, and unlinked by its phone: what is linked now is another session, which never logged in. */
    const linkedAgain = async () => {
      const id = await its.world.link(its.running, '9990060');
      (await its.world.session(its.running, id)).close('unlinked');
      await its.world.state(id, { reason: 'unlinked' });
      await its.world.accounts.initialize(ctx, id);
      its.running.engine.onConnect = () => undefined;
      (await its.world.session(its.running, id)).scan('9990060');
      await its.world.state(id, { status: 'authenticating' });
      return id;
    };
    const takenBack = async (id: string) => {
      its.running.engine.onConnect = undefined;
      const [generation] = (await listGenerations(database.pool, ctx, id)).filter(({ cause }) => cause === 'unlinked');
      await its.world.commands.ask(id, 'restore-session', { generationId: generation!.id });
      await its.world.state(id, { status: 'active', connection: 'connected' });
    };

    it('when WhatsApp refuses the device while it is linked (401)', async () => {
      const id = await linkedAgain();
      (await its.world.session(its.running, id)).close('unlinked');
      await its.world.state(id, { status: 'inactive', reason: 'linking_refused', userAction: 'retry_initialize' });
      expect((await copies(id)).map(([cause]) => cause)).toEqual(['unlinked', 'unlinked', 'linked']);
      await takenBack(id);
    });

    it('when linking takes too long: the half one stays and is used at the next try', async () => {
      const id = await linkedAgain();
      its.world.clock.advance(5 * 60_000);
      await its.world.state(id, { status: 'inactive', reason: 'linking_timeout', userAction: 'retry_initialize' });
      expect((await copies(id)).map(([cause]) => cause)).toEqual(['unlinked', 'linked']);
      its.running.engine.onConnect = undefined;
      await its.world.accounts.initialize(ctx, id);
      await its.world.state(id, { status: 'active', connection: 'connected' });
    });

    it('when what should take its place does not open', async () => {
      const id = await its.world.link(its.running);
      await its.world.until(async () => expect(await its.world.generations(id)).toEqual(['linked']));
      const [generation] = await listGenerations(database.pool, ctx, id);
      await database.pool.query(
        `update mkt_wap_session_generations set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)`,
      );
      const asked = its.world.commands.ask(id, 'restore-session', { generationId: generation!.id });
      await expect(asked).rejects.toMatchObject({ code: 'session_invalid' });
      await its.world.state(id, { status: 'active', connection: 'connected' });
      expect(await copies(id)).toEqual([['linked', false]]);
    });
  });

  it('does not use a session by itself that was not seen connected for 14 days, but does when a person asks', async () => {
    const id = await its.world.link(its.running);
    await its.world.until(async () => expect((await read(id)).lastSeenConnectedAt).not.toBeNull());
    its.world.workers.splice(0);
    await its.running.worker.stop();
    its.world.clock.advance(15 * 24 * 3_600_000);
    await lived(15);
    its.running = await its.world.startWorker();
    await its.world.state(id, { status: 'inactive', reason: 'session_expired', userAction: 'try_session' });
    await its.world.accounts.initialize(ctx, id);
    await its.world.state(id, { status: 'active', connection: 'connected' });
  });

  /** The product was up for so many days until now. */
  const lived = (days: number) =>
    database.pool.query(
      `insert into mkt_wap_lived_hours
       select generate_series(date_trunc('hour', $1::timestamptz) - make_interval(days => $2), $1, '1 hour')`,
      [its.world.clock.now(), days],
    );

  it('is not expired by a jump of the clock', async () => {
    const id = await its.world.link(its.running);
    await its.world.until(async () => expect((await read(id)).lastSeenConnectedAt).not.toBeNull());
    its.world.workers.splice(0);
    await its.running.worker.stop();
    its.world.clock.advance(30 * 24 * 3_600_000);
    its.running = await its.world.startWorker();
    await its.world.state(id, { status: 'active', connection: 'connected' });
  });

  it('is not expired when it was seen connected within 14 days, though its connection was opened before', async () => {
    const id = await its.world.link(its.running);
    const opened = new Date((await read(id)).lastConnectedAt!).getTime();
    await its.world.until(async () => {
      its.world.clock.advance(30_000);
      expect(Date.parse((await read(id)).lastSeenConnectedAt!) - opened).toBeGreaterThan(600_000);
    });
    its.world.workers.splice(0);
    await its.running.worker.stop();
    its.world.clock.advance(opened + 14 * DAY_MS + 300_000 - its.world.clock.now().getTime());
    await lived(15);
    its.running = await its.world.startWorker();
    await its.world.state(id, { status: 'active', connection: 'connected' });
  });
});
