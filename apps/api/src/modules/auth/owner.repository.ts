import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '../../database/database.js';
import { mktWapAuthAccounts, mktWapAuthUsers, mktWapSetupLinks } from '../../database/schema/access.js';

/** The database, or a transaction of it. */
type Tables = Pick<Database, 'select' | 'insert'>;

export interface NewOwner {
  name: string;
  /** Lower case. */
  email: string;
  /** As the auth library hashes it. */
  passwordHash: string;
}

/** The first person, and the one-time links that make them. */
export class OwnerRepository {
  constructor(private readonly db: Database) {}

  async exists(db: Tables = this.db): Promise<boolean> {
    const rows = await db.select({ id: mktWapAuthUsers.id }).from(mktWapAuthUsers).where(isOwner).limit(1);
    return rows.length > 0;
  }

  /** Replaces every earlier link. */
  async putLink(hash: string, now: Date, expiresAt: Date): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.delete(mktWapSetupLinks);
      await tx.insert(mktWapSetupLinks).values({ hash, createdAt: now, expiresAt });
    });
  }

  /** Whether it could make the owner now. */
  async hasLink(hash: string, now: Date): Promise<boolean> {
    const rows = await this.db.select().from(mktWapSetupLinks).where(usable(hash, now));
    return rows.length > 0;
  }

  /** Uses the link up and makes the owner, both or neither. False: the link is unknown, used or over, or an owner exists. */
  addByLink(hash: string, owner: NewOwner, now: Date): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const used = await tx.update(mktWapSetupLinks).set({ usedAt: now }).where(usable(hash, now)).returning();
      if (used.length === 0 || (await this.exists(tx))) return false;
      await insertOwner(tx, owner, now);
      return true;
    });
  }

  /** False when there is an owner already. */
  addFirst(owner: NewOwner, now: Date): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      if (await this.exists(tx)) return false;
      await insertOwner(tx, owner, now);
      return true;
    });
  }
}

const usable = (hash: string, now: Date) =>
  and(eq(mktWapSetupLinks.hash, hash), isNull(mktWapSetupLinks.usedAt), gt(mktWapSetupLinks.expiresAt, now));

const isOwner = eq(mktWapAuthUsers.role, 'owner');

/** As the auth library itself stores a person who signs in by e-mail and password. */
async function insertOwner(tx: Tables, { name, email, passwordHash }: NewOwner, now: Date): Promise<void> {
  const id = randomUUID();
  const at = { createdAt: now, updatedAt: now };
  await tx.insert(mktWapAuthUsers).values({ id, name, email, emailVerified: true, role: 'owner', ...at });
  await tx.insert(mktWapAuthAccounts).values({
    id: randomUUID(),
    accountId: id,
    providerId: 'credential',
    userId: id,
    password: passwordHash,
    ...at,
  });
}
