import type { Role } from '@trunkline/contracts';
import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Database } from '../../database/database.js';
import { mktWapAuthSessions, mktWapAuthUsers } from '../../database/schema/access.js';

/** Sign-in sessions, which the auth library writes. */
export class SessionRepository {
  constructor(private readonly db: Database) {}

  /** Which of these still open something, and as what. */
  async standing(ids: string[], now: Date): Promise<Map<string, Role>> {
    const rows = await this.db
      .select({ id: mktWapAuthSessions.id, role: mktWapAuthUsers.role })
      .from(mktWapAuthSessions)
      .innerJoin(mktWapAuthUsers, eq(mktWapAuthUsers.id, mktWapAuthSessions.userId))
      .where(and(inArray(mktWapAuthSessions.id, ids), gt(mktWapAuthSessions.expiresAt, now)));
    return new Map(rows.map(({ id, role }) => [id, role]));
  }
}
