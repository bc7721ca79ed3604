import { v7 as uuid } from 'uuid';
import type { Clock } from '../../../clock/clock.js';
import type { Sql } from '../../../database/database.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Vault } from '../sessions/vault.js';
import { findSecret, latestSecret, type SealedSecret, type SecretKind } from './secret.repository.js';

export interface Secret {
  id: string;
  accountId: string;
  kind: SecretKind;
  text: string;
  expiresAt: Date;
}

/** QR texts and pairing codes: sealed rows that run out. The log carries their ids; who may pair is given the text. */
export class Secrets {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Undefined when it has run out or was used up. */
  async reveal(ctx: Ctx, id: string): Promise<Secret | undefined> {
    return this.#open(await findSecret(this.sql, ctx, id, this.clock.now()));
  }

  async latest(ctx: Ctx, accountId: string, kind: SecretKind): Promise<Secret | undefined> {
    return this.#open(await latestSecret(this.sql, ctx, accountId, kind, this.clock.now()));
  }

  #open(row: SealedSecret | undefined): Secret | undefined {
    if (!row) return undefined;
    const { id, accountId, kind, expiresAt } = row;
    return { id, accountId, kind, expiresAt, text: this.vault.open(place(row), row.sealed).toString() };
  }
}

/** A secret as it is stored, sealed to its account, kind and id. */
export function sealSecret(
  vault: Vault,
  secret: { accountId: string; kind: SecretKind; text: string; ttlMs: number },
  now: Date,
): SealedSecret {
  const row = { id: uuid(), accountId: secret.accountId, kind: secret.kind };
  const sealed = vault.seal(place(row), Buffer.from(secret.text));
  return { ...row, sealed, createdAt: now, expiresAt: new Date(now.getTime() + secret.ttlMs) };
}

const place = (row: { accountId: string; kind: SecretKind; id: string }) => ({
  accountId: row.accountId,
  kind: `secret:${row.kind}`,
  id: row.id,
});
