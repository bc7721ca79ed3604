import type { Sql } from '../../../../database/database.js';

/** A key within its account; `scope` is who asked: kind and id of the actor. */
export interface KeyPlace {
  accountId: string;
  key: string;
}

export interface KeyRow extends KeyPlace {
  /** SHA-256 of the request, in hex. */
  bodyHash: string;
  messageId: string;
}

export const spell = ({ accountId, key }: KeyPlace): string => `${accountId} ${key}`;

/** What these keys stand for already, by `spell`. */
export async function findKeys(sql: Sql, scope: string, places: readonly KeyPlace[]): Promise<Map<string, KeyRow>> {
  const { rows } = await sql.query<KeyRow>({
    name: 'find-idempotency-keys',
    text: `select k.account_id as "accountId", k.key, k.message_id as "messageId", k.body_hash as "bodyHash"
      from unnest($2::uuid[], $3::text[]) as w (account_id, key)
      join mkt_wap_idempotency_keys k on k.scope = $1 and k.account_id = w.account_id and k.key = w.key`,
    values: [scope, places.map(({ accountId }) => accountId), places.map(({ key }) => key)],
  });
  return new Map(rows.map((row) => [spell(row), row]));
}

/**
 * Takes keys for messages that are about to be made. While another request with one of them is in flight this waits for
 * its commit or rollback; sorted, so that two batches cannot wait for each other. Answers which are ours, by `spell`.
 */
export async function takeKeys(sql: Sql, scope: string, wanted: readonly KeyRow[], now: Date): Promise<Set<string>> {
  const { rows } = await sql.query<KeyPlace>({
    name: 'take-idempotency-keys',
    text: `insert into mkt_wap_idempotency_keys (scope, account_id, key, body_hash, message_id, created_at)
      select $1, w.account_id, w.key, w.body_hash, w.message_id, $6
      from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[]) as w (account_id, key, body_hash, message_id)
      order by w.account_id, w.key
      on conflict do nothing returning account_id as "accountId", key`,
    values: [
      scope,
      wanted.map(({ accountId }) => accountId),
      wanted.map(({ key }) => key),
      wanted.map(({ bodyHash }) => bodyHash),
      wanted.map(({ messageId }) => messageId),
      now,
    ],
  });
  return new Set(rows.map(spell));
}

/** Of drafts that were refused after all: the next request with the key is judged anew. */
export async function forgetKeys(sql: Sql, scope: string, places: readonly KeyPlace[]): Promise<void> {
  await sql.query(
    `delete from mkt_wap_idempotency_keys k using unnest($2::uuid[], $3::text[]) as w (account_id, key)
     where k.scope = $1 and k.account_id = w.account_id and k.key = w.key`,
    [scope, places.map(({ accountId }) => accountId), places.map(({ key }) => key)],
  );
}

/** Keys older than this are forgotten. */
const IDEMPOTENCY_DAYS = 7;

export async function forgetIdempotencyKeys(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from mkt_wap_idempotency_keys where created_at < $1::timestamptz - make_interval(days => $2)`,
    [now, IDEMPOTENCY_DAYS],
  );
}
