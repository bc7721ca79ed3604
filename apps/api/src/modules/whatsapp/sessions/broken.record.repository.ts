import { v7 as uuid } from 'uuid';
import type { Sql } from '../../../database/database.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { BROKEN_WORDS, type BrokenRecord } from './broken.record.js';
import type { RecordKind } from './journal.js';

/** Kept with what took its place, and told. */
export async function writeBrokenRecords(sql: Sql, records: readonly BrokenRecord[], now: Date): Promise<void> {
  for (const { accountId, kind, id, sealed, why, mend } of records) {
    await sql.query(
      `insert into mkt_wap_broken_records (id, account_id, kind, record_id, sealed, why, mend, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [uuid(), accountId, kind, id, sealed, why, mend, now],
    );
  }
  const told = Map.groupBy(records, ({ accountId, kind, why, mend }) => [accountId, kind, why, mend].join());
  await appendEvents(
    sql,
    [...told.values()].map((same) => newEvent('account.error', same[0]!.accountId, errorOf(same), now)),
  );
}

function errorOf(same: readonly BrokenRecord[]) {
  const [{ kind, why, mend }] = same as [BrokenRecord];
  const what =
    same.length === 1
      ? `A stored ${NAMES[kind]} of this account did`
      : `${same.length} stored records (${NAMES[kind]}) of this account did`;
  const mended = mend === 'restored' ? 'The newest good copy was restored' : 'It is made anew with the next message';
  const message = `${what} not open: ${BROKEN_WORDS[why]}. ${mended}; the broken one is kept aside.`;
  return { message, reason: 'none', action: null } as const;
}

const NAMES: Record<RecordKind, string> = {
  creds: 'credential',
  'pre-key': 'prekey',
  session: 'session with a device',
  'sender-key': 'sender key of a group',
  'sender-key-memory': 'note of who has a sender key',
  'app-state-sync-key': 'app state key',
  'app-state-sync-version': 'app state version',
  'lid-mapping': 'pair of number and LID',
  'device-list': 'device list',
  tctoken: 'contact token',
  'identity-key': 'identity key of a device',
  plaintext: 'read message',
  sent: 'sent message',
  poll: 'poll',
};
