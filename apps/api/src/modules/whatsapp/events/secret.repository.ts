import type { Sql } from '../../../database/database.js';
import { allowedAccounts, type Ctx, demandAccount } from '../../auth/ctx.js';

export type SecretKind = 'qr' | 'pairing_code';

export interface SealedSecret {
  id: string;
  accountId: string;
  kind: SecretKind;
  sealed: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

const COLUMNS = `id, account_id as "accountId", kind, sealed, created_at as "createdAt", expires_at as "expiresAt"`;

export async function insertSecret(sql: Sql, secret: SealedSecret): Promise<void> {
  await sql.query(
    `insert into mkt_wap_secrets (id, account_id, kind, sealed, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do nothing`,
    [secret.id, secret.accountId, secret.kind, secret.sealed, secret.createdAt, secret.expiresAt],
  );
}

export async function findSecret(sql: Sql, ctx: Ctx, id: string, now: Date): Promise<SealedSecret | undefined> {
  const { rows } = await sql.query(
    `select ${COLUMNS} from mkt_wap_secrets
     where id = $1 and expires_at > $2 and ($3::uuid[] is null or account_id = any($3))`,
    [id, now, allowedAccounts(ctx)],
  );
  return rows[0];
}

/** The newest that has not run out. */
export async function latestSecret(
  sql: Sql,
  ctx: Ctx,
  accountId: string,
  kind: SecretKind,
  now: Date,
): Promise<SealedSecret | undefined> {
  demandAccount(ctx, accountId);
  const { rows } = await sql.query(
    `select ${COLUMNS} from mkt_wap_secrets where account_id = $1 and kind = $2 and expires_at > $3
     order by created_at desc limit 1`,
    [accountId, kind, now],
  );
  return rows[0];
}

/** What was on screen until then is used up, or is of a linking that ended. */
export async function forgetSecrets(sql: Sql, ended: readonly { accountId: string; at: Date }[]): Promise<void> {
  await sql.query(
    `delete from mkt_wap_secrets s using unnest($1::uuid[], $2::timestamptz[]) as e (account_id, at)
     where s.account_id = e.account_id and s.created_at <= e.at`,
    [ended.map(({ accountId }) => accountId), ended.map(({ at }) => at)],
  );
}

export async function deleteExpiredSecrets(sql: Sql, now: Date): Promise<void> {
  await sql.query(`delete from mkt_wap_secrets where expires_at <= $1`, [now]);
}
