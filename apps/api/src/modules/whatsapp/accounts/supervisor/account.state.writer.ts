import type { Sql } from '../../../../database/database.js';
import type { Entry } from '../../sessions/entry.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { readAccountRows } from '../account.repository.js';
import { type AccountRow, toAccount } from '../account.view.js';
import { STATE_COLUMNS } from '../machine/account.machine.js';

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const TYPES: Partial<Record<(typeof STATE_COLUMNS)[number], string>> = {
  attempt: 'int',
  linked: 'boolean',
  conflictAccountId: 'uuid',
};
const typeOf = (key: (typeof STATE_COLUMNS)[number]): string =>
  TYPES[key] ?? (/(At|Since|since|deadline)$/.test(key) ? 'timestamptz' : 'text');

const FIELDS = STATE_COLUMNS.map((key) => `"${key}" ${typeOf(key)}`).join(', ');
/**
 * A number that another account took in the meantime, or takes in this very statement, is not written twice: who is without
 * looks whose it is once this is durable, and unlinks.
 */
const NUMBER = `case when n.place > 1 or exists (
    select from mkt_wap_accounts o where o.network = a.network and o.phone_number = n."phoneNumber"
      and o.id <> a.id and o.deleted_at is null
  ) then null else n."phoneNumber" end`;
const SET = STATE_COLUMNS.map((key) => `${snake(key)} = ${key === 'phoneNumber' ? NUMBER : `n."${key}"`}`).join(', ');

/** The machine's columns of many accounts; of several states of one account the last. */
export async function writeStates(sql: Sql, rows: readonly AccountRow[]): Promise<void> {
  const last = [...new Map(rows.map((row) => [row.id, row])).values()];
  await sql.query({
    name: 'write-account-states',
    text: `update mkt_wap_accounts a set ${SET}, updated_at = n."updatedAt", epoch = n.epoch
      from (
        select r.*, row_number() over (
          partition by now.network, r."phoneNumber" order by now.phone_number is distinct from r."phoneNumber", r.id) as place
        from jsonb_to_recordset($1::jsonb) as r (id uuid, "updatedAt" timestamptz, epoch bigint, ${FIELDS})
        join mkt_wap_accounts now on now.id = r.id
      ) n where a.id = n.id`,
    values: [JSON.stringify(last)],
  });
}

/** Tells what the accounts are now; names and notes as people wrote them meanwhile. */
export async function tellUpdated(sql: Sql, accountIds: readonly string[], now: Date): Promise<void> {
  const rows = await readAccountRows(sql, accountIds);
  await appendEvents(
    sql,
    rows.map((row) => newEvent('account.updated', row.id, { account: toAccount(row, true) }, now)),
  );
}

/** The account is gone for people; its rows go with the retention of what is deleted. */
export async function writeRemoved(sql: Sql, entries: readonly Entry<'account.removed'>[]): Promise<void> {
  for (const { accountId, data } of entries) {
    await sql.query(`update mkt_wap_accounts set deleted_at = $2, phone_number = null where id = $1`, [
      accountId,
      data.at,
    ]);
  }
}
