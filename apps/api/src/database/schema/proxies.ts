import type { ProxyTest, PROXY_KINDS } from '@trunkline/contracts';
import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { mktWapAccounts } from './accounts.js';
import { bytea, instant } from './columns.js';

/** Proxies of which accounts are given one. */
export const mktWapProxyPools = pgTable(
  'mkt_wap_proxy_pools',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [uniqueIndex('mkt_wap_proxy_pools_name').on(t.name)],
);

export const mktWapProxies = pgTable(
  'mkt_wap_proxies',
  {
    id: uuid('id').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind').$type<(typeof PROXY_KINDS)[number]>().notNull(),
    host: text('host').notNull(),
    port: integer('port').notNull(),
    /** User name and password as JSON, sealed; null where the proxy wants none. */
    sealed: bytea('sealed'),
    poolId: uuid('pool_id').references(() => mktWapProxyPools.id, { onDelete: 'set null' }),
    lastTest: jsonb('last_test').$type<ProxyTest>(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [uniqueIndex('mkt_wap_proxies_name').on(t.name), index('mkt_wap_proxies_pool').on(t.poolId)],
);

/** By which proxy an account goes. One that is used cannot be deleted: the account would go by itself. */
export const mktWapAccountProxies = pgTable(
  'mkt_wap_account_proxies',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => mktWapAccounts.id, { onDelete: 'cascade' }),
    proxyId: uuid('proxy_id')
      .notNull()
      .references(() => mktWapProxies.id),
    /** The pool that it was taken from. */
    poolId: uuid('pool_id').references(() => mktWapProxyPools.id, { onDelete: 'set null' }),
    assignedAt: instant('assigned_at').notNull(),
  },
  (t) => [index('mkt_wap_account_proxies_proxy').on(t.proxyId)],
);
