import type { Role } from '@trunkline/contracts';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../../database/database.js';
import { mktWapApiKeys } from '../../database/schema/access.js';

export type KeyRow = typeof mktWapApiKeys.$inferSelect;

/** Keys for programs. They are of the installation and belong to no account, so reads are limited by route, not by `ctx`. */
export class KeyRepository {
  constructor(private readonly db: Database) {}

  async add(row: KeyRow): Promise<void> {
    await this.db.insert(mktWapApiKeys).values(row);
  }

  /** Revoked ones, too. */
  async byHash(hash: string): Promise<KeyRow | undefined> {
    const [row] = await this.db.select().from(mktWapApiKeys).where(eq(mktWapApiKeys.hash, hash));
    return row;
  }

  list(): Promise<KeyRow[]> {
    return this.db
      .select()
      .from(mktWapApiKeys)
      .where(isNull(mktWapApiKeys.revokedAt))
      .orderBy(desc(mktWapApiKeys.createdAt), desc(mktWapApiKeys.id));
  }

  /** True when this call revoked it; false when it is unknown or was revoked before. */
  async revoke(id: string, now: Date): Promise<boolean> {
    const rows = await this.db
      .update(mktWapApiKeys)
      .set({ revokedAt: now })
      .where(and(eq(mktWapApiKeys.id, id), isNull(mktWapApiKeys.revokedAt)))
      .returning({ id: mktWapApiKeys.id });
    return rows.length > 0;
  }

  async touch(id: string, now: Date): Promise<void> {
    await this.db.update(mktWapApiKeys).set({ lastUsedAt: now }).where(eq(mktWapApiKeys.id, id));
  }

  /** Which of these still open something, and as what. */
  async standing(ids: string[]): Promise<Map<string, Role>> {
    const rows = await this.db
      .select({ id: mktWapApiKeys.id, role: mktWapApiKeys.role })
      .from(mktWapApiKeys)
      .where(and(inArray(mktWapApiKeys.id, ids), isNull(mktWapApiKeys.revokedAt)));
    return new Map(rows.map(({ id, role }) => [id, role]));
  }
}
