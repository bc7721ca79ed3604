import { timingSafeEqual } from 'node:crypto';
import type { ApiKey, ApiKeyCreate, ApiKeyCreated, Role } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../clock/clock.js';
import { ProblemError } from '../../errors/problem.js';
import type { CredentialEndings } from './credential.endings.js';
import { atLeast } from './access.js';
import type { Caller } from './caller.js';
import type { Ctx } from './ctx.js';
import { hashOfKey, newKey, prefixOfKey } from './key.js';
import type { KeyRepository, KeyRow } from './key.repository.js';

/** `lastUsedAt` is for people: a write for each request would cost more than the request. */
const touchEveryMs = 60_000;

export class KeyService {
  readonly #touchedAt = new Map<string, number>();

  constructor(
    private readonly keys: KeyRepository,
    private readonly endings: CredentialEndings,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<ApiKey[]> {
    return (await this.keys.list()).map(shown);
  }

  /** Makes a key that may do no more than its maker. */
  async create(ctx: Ctx, { name, role = 'operator' }: ApiKeyCreate): Promise<ApiKeyCreated> {
    if (!atLeast(ctx.role, role)) throw new ProblemError('forbidden', 'A key cannot have a higher role than yours.');
    const key = newKey();
    const row = this.#row(name, key, role);
    await this.keys.add(row);
    return { ...shown(row), key };
  }

  /** Ends at once what was opened with it. */
  async revoke(id: string): Promise<void> {
    const revoked = await this.keys.revoke(id, this.clock.now());
    if (!revoked) throw new ProblemError('not_found', 'There is no such key.');
    this.endings.ended({ kind: 'key', id });
  }

  /** The key of `TRUNKLINE_API_KEY`. One that a person has revoked since stays revoked. */
  async ensureFirst(key: string): Promise<void> {
    if (await this.keys.byHash(hashOfKey(key))) return;
    await this.keys.add(this.#row('TRUNKLINE_API_KEY', key, 'owner'));
  }

  async identify(key: string): Promise<Caller | null> {
    const hash = hashOfKey(key);
    const row = await this.keys.byHash(hash);
    if (!row || row.revokedAt || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash))) return null;
    this.#touch(row.id);
    return {
      me: { kind: 'key', id: row.id, name: row.name, email: null, role: row.role },
      credential: { kind: 'key', id: row.id },
    };
  }

  #touch(id: string): void {
    const now = this.clock.monotonic();
    if (now - (this.#touchedAt.get(id) ?? -touchEveryMs) < touchEveryMs) return;
    this.#touchedAt.set(id, now);
    // Nobody waits for it, and a failure of the database is told by the request itself.
    this.keys.touch(id, this.clock.now()).catch(() => this.#touchedAt.delete(id));
  }

  #row(name: string, key: string, role: Role): KeyRow {
    return {
      id: uuid(),
      name,
      prefix: prefixOfKey(key),
      hash: hashOfKey(key),
      role,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
    };
  }
}

function shown({ id, name, prefix, role, createdAt, lastUsedAt }: KeyRow): ApiKey {
  return {
    id,
    name,
    prefix,
    role,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
