import type { Role } from '@trunkline/contracts';
import { boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** People who sign in. Columns of the first four tables are those the auth library asks for. */
export const mktWapAuthUsers = pgTable('mkt_wap_auth_users', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  role: text('role').$type<Role>().notNull().default('viewer'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const mktWapAuthSessions = pgTable('mkt_wap_auth_sessions', {
  id: text('id').primaryKey(),
  token: text('token').notNull().unique(),
  userId: text('user_id')
    .notNull()
    .references(() => mktWapAuthUsers.id, { onDelete: 'cascade' }),
  expiresAt: instant('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const mktWapAuthAccounts = pgTable('mkt_wap_auth_accounts', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  userId: text('user_id')
    .notNull()
    .references(() => mktWapAuthUsers.id, { onDelete: 'cascade' }),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: instant('access_token_expires_at'),
  refreshTokenExpiresAt: instant('refresh_token_expires_at'),
  scope: text('scope'),
  /** Hashed by the auth library. */
  password: text('password'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const mktWapAuthVerifications = pgTable('mkt_wap_auth_verifications', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: instant('expires_at').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** Keys for programs: stored hashed, shown once. */
export const mktWapApiKeys = pgTable('mkt_wap_api_keys', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  /** The first characters, so that a person can tell keys apart. */
  prefix: text('prefix').notNull(),
  /** SHA-256 of a key of 256 random bits. */
  hash: text('hash').notNull().unique(),
  role: text('role').$type<Role>().notNull(),
  createdAt: instant('created_at').notNull(),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
});

/** One-time set-up links for the owner: stored hashed, work once, end in an hour. */
export const mktWapSetupLinks = pgTable('mkt_wap_setup_links', {
  hash: text('hash').primaryKey(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});
