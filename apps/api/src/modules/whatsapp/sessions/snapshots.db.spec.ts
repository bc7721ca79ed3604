import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import { systemCtx } from '../../auth/ctx.js';
import { noteLived } from '../../cluster/lived.repository.js';
import { makeAccount } from '../testing/account.builder.js';
import { cutSession, deleteOldGenerations, listGenerations } from './generation.repository.js';
import type { RecordKind } from './journal.js';
import { readAllRecords, upsertRecords } from './record.repository.js';
import { snapshotBeforeUpgrade, snapshotDaily } from './snapshots.js';
import { Vault } from './vault.js';

const START = new Date('2026-03-01T00:00:00Z');
const DAY = 86_400_000;
const day = (n: number) => new Date(START.getTime() + n * DAY);

describe('copies of sessions', () => {
  const database = useDatabase();
  const vault = new Vault(randomBytes(32));
  beforeEach(() => database.empty('mkt_wap_accounts', 'mkt_wap_facts', 'mkt_wap_lived_hours'));

  const linked = async (values: Parameters<typeof makeAccount>[1] = {}) => {
    const { id } = await makeAccount(database, { linked: true, status: 'active', connection: 'connected', ...values });
    await put(id, 'creds', 'creds', 'first');
    await put(id, 'session', '1.0', 'ratchet');
    return id;
  };
  const put = async (accountId: string, kind: RecordKind, id: string, text: string) => {
    const place = { accountId, kind, id };
    await upsertRecords(database.pool, [{ ...place, sealed: vault.seal(place, Buffer.from(text)) }], START);
  };
  /** Some of each of these days the installation was up. */
  const livedDays = async (from: number, to: number) => {
    for (let n = from; n <= to; n += 1) await noteLived(database.pool, day(n));
  };
  const causes = async (id: string) =>
    (await listGenerations(database.pool, systemCtx('spec'), id)).map(({ cause }) => cause);
  const cut = (id: string, c: Parameters<typeof cutSession>[3], now: Date) =>
    cutSession(database.pool, vault, id, c, now);
  const stored = async (id: string) =>
    (await readAllRecords(database.pool, id)).map(({ sealed, ...place }) => [
      place.kind,
      vault.open(place, sealed).toString(),
    ]);

  it('are made once a day of who is connected, and the newest three are kept', async () => {
    const [id, away] = [await linked(), await linked({ connection: 'offline' })];
    await cut(id, { keep: true, cause: 'linked' }, START);
    for (let hour = 0; hour <= 5 * 24; hour += 6) await snapshotDaily(database, vault, day(hour / 24));
    await deleteOldGenerations(database.pool, day(5));
    expect(await causes(id)).toEqual(['daily', 'daily', 'daily', 'linked']);
    const [newest] = await listGenerations(database.pool, systemCtx('spec'), id);
    expect(newest).toMatchObject({ createdAt: day(5).toISOString(), records: 1, expiresAt: null });
    expect(await causes(away)).toEqual([]);
  });

  it('are made every day also after a day of a clock that was a month ahead', async () => {
    const id = await linked();
    await snapshotDaily(database, vault, day(30));
    await snapshotDaily(database, vault, day(1));
    await snapshotDaily(database, vault, day(1.1));
    await snapshotDaily(database, vault, day(2));
    expect(await causes(id)).toHaveLength(3);
  });

  it('are made of all before another version runs them, once for each', async () => {
    const [id, away] = [await linked(), await linked({ connection: 'offline' })];
    expect(await snapshotBeforeUpgrade(database, vault, '1.0.0', START)).toBe(0);
    expect(await snapshotBeforeUpgrade(database, vault, '1.0.0', START)).toBe(0);
    expect(await snapshotBeforeUpgrade(database, vault, '1.1.0', START)).toBe(2);
    expect(await snapshotBeforeUpgrade(database, vault, '1.1.0', START)).toBe(0);
    expect([await causes(id), await causes(away)]).toEqual([['upgrade'], ['upgrade']]);
  });

  it('of an end are marked, kept for 30 days and pruned after', async () => {
    const id = await linked();
    await cut(id, { keep: true, cause: 'linked' }, START);
    await cut(id, { keep: false, cause: 'reset' }, START);
    expect(await listGenerations(database.pool, systemCtx('spec'), id)).toMatchObject([
      { cause: 'reset', ended: true, records: 2, expiresAt: day(30).toISOString() },
      { cause: 'linked', ended: true },
    ]);
    await livedDays(0, 30);
    await deleteOldGenerations(database.pool, new Date(day(30).getTime() - 1));
    expect(await causes(id)).toEqual(['reset', 'linked']);
    await put(id, 'creds', 'creds', 'second');
    await cut(id, { keep: true, cause: 'linked' }, day(2));
    // The copies of what ended go with it, those of the next link stay.
    await deleteOldGenerations(database.pool, day(30));
    expect(await listGenerations(database.pool, systemCtx('spec'), id)).toMatchObject([{ cause: 'linked', number: 3 }]);
  });

  it('of an end are kept when a clock runs ahead for some days, since so many days have not been lived', async () => {
    const id = await linked();
    await cut(id, { keep: false, cause: 'reset' }, START);
    await livedDays(0, 2);
    await livedDays(100, 102);
    await deleteOldGenerations(database.pool, day(102));
    expect(await causes(id)).toEqual(['reset']);
    // Days that are still to come are not lived either.
    await livedDays(200, 260);
    await deleteOldGenerations(database.pool, day(103));
    expect(await causes(id)).toEqual(['reset']);
    await livedDays(103, 129);
    await deleteOldGenerations(database.pool, day(129));
    expect(await causes(id)).toEqual([]);
  });

  it('that are the only one of a session that could not be used are deleted by no time, only after what came next', async () => {
    const id = await linked();
    await cut(id, { keep: false, cause: 'invalid', restore: 'newest' }, START);
    await livedDays(0, 400);
    await deleteOldGenerations(database.pool, day(400));
    expect(await causes(id)).toEqual(['invalid']);
    await put(id, 'creds', 'creds', 'second');
    await deleteOldGenerations(database.pool, day(400));
    expect(await causes(id)).toEqual([]);
  });

  it('come back newest first, past one that is broken inside, and tell so', async () => {
    const id = await linked();
    await cut(id, { keep: true, cause: 'linked' }, START);
    await database.pool.query(
      `update mkt_wap_session_records set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where kind = 'creds'`,
    );
    await cut(id, { keep: true, cause: 'daily' }, day(1));
    await cut(id, { keep: false, cause: 'invalid', restore: 'newest' }, day(2));
    expect(await stored(id)).toEqual([['creds', 'first']]);
    const { rows } = await database.pool.query(
      `select payload from mkt_wap_events where event = 'account.session_restored' and account_id = $1`,
      [id],
    );
    expect(rows).toEqual([
      { payload: { because: 'broken', number: 1, cause: 'linked', savedAt: START.toISOString() } },
    ]);
  });

  it.each(['reset', 'replaced', 'unlinked', 'logged_out'] as const)(
    'of a whole session that was put away (%s) come back without its ratchets, which would use a counter twice',
    async (cause) => {
      const id = await linked();
      for (const kind of ['sender-key', 'sender-key-memory', 'plaintext', 'sent'] as const)
        await put(id, kind, '1', 'ratchet');
      await put(id, 'pre-key', '7', 'first');
      await cut(id, { keep: false, cause }, START);
      const [generation] = await listGenerations(database.pool, systemCtx('spec'), id);
      expect(generation).toMatchObject({ cause, records: 7 });
      await cut(id, { keep: false, cause: 'replaced', restore: { generationId: generation!.id } }, START);
      expect(await stored(id)).toEqual([
        ['creds', 'first'],
        ['pre-key', 'first'],
      ]);
    },
  );

  it('leave the present session where it is when the chosen one does not open', async () => {
    const id = await linked();
    await cut(id, { keep: true, cause: 'linked' }, START);
    const [generation] = await listGenerations(database.pool, systemCtx('spec'), id);
    await database.pool.query(
      `update mkt_wap_session_generations set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)`,
    );
    await cut(id, { keep: false, cause: 'replaced', restore: { generationId: generation!.id } }, START);
    expect(await stored(id)).toEqual([
      ['creds', 'first'],
      ['session', 'ratchet'],
    ]);
  });
});
