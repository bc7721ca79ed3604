import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import type { Role } from '@trunkline/contracts';
import type { ApiSettings } from '../../api.settings.js';
import type { Database } from '../../database/database.js';
import {
  mktWapAuthAccounts,
  mktWapAuthSessions,
  mktWapAuthUsers,
  mktWapAuthVerifications,
} from '../../database/schema/access.js';
import type { Vault } from '../whatsapp/sessions/vault.js';
import type { CredentialEndings } from './credential.endings.js';

const DAY = 86_400;
const LEAST_PASSWORD = 12;
const MOST_PASSWORD = 200;

/**
 * The auth library with our tables, our limits and nothing that a route of ours does not offer. Cookies are signed, so a
 * session row alone (a stolen copy of the database) opens nothing.
 */
export function createAuth(db: Database, settings: ApiSettings, vault: Vault, endings: CredentialEndings) {
  const secure = settings.publicUrl?.startsWith('https:') ?? false;
  return betterAuth({
    appName: 'Trunkline',
    baseURL: settings.publicUrl ?? `http://${settings.host}:${settings.port}`,
    basePath: '/api/auth',
    // Not stored anywhere: a vault key that is lost ends the sign-ins, as it ends everything sealed with it.
    secret: vault.derive('sign-in sessions').toString('base64url'),
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: mktWapAuthUsers,
        session: mktWapAuthSessions,
        account: mktWapAuthAccounts,
        verification: mktWapAuthVerifications,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: LEAST_PASSWORD,
      maxPasswordLength: MOST_PASSWORD,
    },
    user: { additionalFields: { role: { type: 'string', input: false, defaultValue: 'viewer' } } },
    session: { expiresIn: 14 * DAY, updateAge: DAY },
    databaseHooks: {
      session: { delete: { after: async ({ id }) => endings.ended({ kind: 'session', id }) } },
    },
    // Our own door checks the origin and counts attempts, for every route alike; two counts would only disagree.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'trunkline',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      disableCSRFCheck: true,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

export type Auth = ReturnType<typeof createAuth>;
export const AUTH = Symbol('Auth');

/** Set by us for the library, from what Fastify makes of TRUST_PROXY. */
export const CLIENT_ADDRESS = 'x-trunkline-client-address';

/** A user as the library gives it, with our one field more. */
export interface AuthUser {
  id: string;
  name: string;
  email: string;
  role?: Role | string | null;
}
