import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../../testing/database.js';
import type { Lease } from '../../cluster/lease.repository.js';
import { accountWriters } from '../accounts/supervisor/account.writers.js';
import type { Broken } from './broken.record.js';
import type { RecordKind } from './journal.js';
import { bytes, useJournalWorld } from './testing/journal.world.js';
import { SealBrokenError, Vault } from './vault.js';

describe('a journal with a record that does not open', () => {
  const database = useDatabase();
  const world = useJournalWorld(database, ({ vault }) => accountWriters(vault));

  /** Two accounts with the same records, a copy of each, and then newer values. */
  async function lives(kind: RecordKind) {
    const leases = await world().own(2);
    for (const lease of leases) {
      const journal = world().open(lease);
      for (const id of ['1', '2']) journal.put(kind, id, bytes(`${kind} ${id}, older`));
      journal.cut({ keep: true, cause: 'linked' });
      for (const id of ['1', '2']) journal.put(kind, id, bytes(`${kind} ${id}, newer`));
      await journal.settled();
    }
    return leases.map(({ accountId }) => accountId) as [string, string];
  }
  const lease = async (accountId: string) =>
    (
      await database.pool.query('select account_id as "accountId", epoch from mkt_wap_leases where account_id = $1', [
        accountId,
      ])
    ).rows[0] as Lease;
  const sealedOf = `select sealed from mkt_wap_session_records where account_id = $2 and record_id = $3`;
  const replace = `update mkt_wap_session_records set sealed = (${sealedOf}) where account_id = $1 and record_id = '1'`;
  const broken: Record<Broken, (own: string, other: string) => Promise<unknown>> = {
    changed: (accountId) =>
      database.pool.query(
        `update mkt_wap_session_records set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)
         where account_id = $1 and record_id = '1'`,
        [accountId],
      ),
    moved: (accountId, other) => database.pool.query(replace, [accountId, other, '1']),
    key: async (accountId) => {
      const { rows } = await database.pool.query(
        `select kind from mkt_wap_session_records where account_id = $1 and record_id = '1'`,
        [accountId],
      );
      const foreign = new Vault(randomBytes(32)).seal({ accountId, kind: rows[0].kind, id: '1' }, bytes('x'));
      await database.pool.query(
        `update mkt_wap_session_records set sealed = $2 where account_id = $1 and record_id = '1'`,
        [accountId, foreign],
      );
    },
  };
  const told = async (accountId: string) =>
    (
      await database.pool.query(
        `select b.kind, b.record_id, b.why, b.mend, e.payload ->> 'message' as message
         from mkt_wap_broken_records b join mkt_wap_events e on e.account_id = b.account_id and e.event = 'account.error'
         where b.account_id = $1`,
        [accountId],
      )
    ).rows;

  it.each([
    'pre-key',
    'identity-key',
    'lid-mapping',
    'tctoken',
    'app-state-sync-key',
    'app-state-sync-version',
  ] as const)('gives a %s back from the newest copy', async (kind) => {
    const [accountId, other] = await lives(kind);
    await broken.changed(accountId, other);
    const journal = world().open(await lease(accountId));
    const found = await journal.get(kind, ['1', '2']);
    expect([...found].map(([id, value]) => [id, Buffer.from(value).toString()])).toEqual([
      ['2', `${kind} 2, newer`],
      ['1', `${kind} 1, older`],
    ]);
    await journal.settled();
    expect(await told(accountId)).toMatchObject([{ kind, record_id: '1', why: 'changed', mend: 'restored' }]);
    expect(await world().stored({ accountId })).toContainEqual([kind, '1', `${kind} 1, older`]);
  });

  it.each(['session', 'sender-key', 'sender-key-memory', 'device-list', 'plaintext', 'sent', 'poll'] as const)(
    'drops a %s, and never brings an older one back',
    async (kind) => {
      const [accountId, other] = await lives(kind);
      await broken.changed(accountId, other);
      const journal = world().open(await lease(accountId));
      expect([...(await journal.get(kind, ['1', '2'])).keys()]).toEqual(['2']);
      await journal.settled();
      expect(await told(accountId)).toMatchObject([{ kind, record_id: '1', why: 'changed', mend: 'dropped' }]);
      expect((await world().stored({ accountId })).map(([, id]) => id)).toEqual(['2']);
    },
  );

  it.each([
    ['changed', 'its bytes were changed'],
    ['moved', 'it belongs to another record or account'],
    ['key', 'it was sealed with another key'],
  ] as const)('says that it is %s', async (why, words) => {
    const [accountId, other] = await lives('session');
    await broken[why](accountId, other);
    const journal = world().open(await lease(accountId));
    await journal.get('session', ['1']);
    await journal.settled();
    expect(await told(accountId)).toMatchObject([{ why, message: expect.stringContaining(words) }]);
    const kept = await database.pool.query('select sealed from mkt_wap_broken_records');
    expect(kept.rows).toHaveLength(1);
    // The other account's own one is whole.
    expect(
      (
        await world()
          .open(await lease(other))
          .get('session', ['1'])
      ).size,
    ).toBe(1);
  });

  it('knows one that was swapped with another of the same account', async () => {
    const [accountId] = await lives('session');
    await database.pool.query(replace, [accountId, accountId, '2']);
    const journal = world().open(await lease(accountId));
    await journal.get('session', ['1']);
    await journal.settled();
    expect(await told(accountId)).toMatchObject([{ why: 'moved' }]);
  });

  it('refuses credentials: they are judged before a session is opened, and restored whole', async () => {
    const [accountId, other] = await lives('creds');
    await broken.changed(accountId, other);
    await expect(
      world()
        .open(await lease(accountId))
        .get('creds', ['1']),
    ).rejects.toThrow(SealBrokenError);
    expect(await told(accountId)).toEqual([]);
  });
});
