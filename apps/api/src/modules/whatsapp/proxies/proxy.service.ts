import type {
  AccountProxy,
  AccountProxyPut,
  Network,
  Proxy,
  ProxyCreate,
  ProxyPatch,
  ProxyTest,
} from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../../clock/clock.js';
import type { Sql, Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { Commands } from '../../cluster/commands/commands.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import type { AccountService } from '../accounts/account.service.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { holdVaultKey } from '../sessions/keys/key.repository.js';
import type { Vault } from '../sessions/vault.js';
import type { ProxyTester } from './proxy.tester.js';
import {
  accountsOf,
  deleteProxy,
  findProxy,
  hasPool,
  lockProxyRow,
  listProxies,
  noteTest,
  putProxy,
  type ProxyValues,
  readAccountProxy,
  readProxyRow,
} from './proxy.repository.js';
import { chooseProxy } from './proxy.choice.js';
import { renewCredentials, sealCredentials } from './proxy.seal.js';

export interface ProxyParts {
  store: Store;
  vault: Vault;
  commands: Commands;
  notifier: Notifier;
  clock: Clock;
  accounts: AccountService;
  tester: ProxyTester;
}

const inUse = (accounts: number): string =>
  accounts === 1
    ? 'An account goes by this proxy. Give it another, or none, first.'
    : `${accounts} accounts go by this proxy. Give them another, or none, first.`;

/** Proxies as people and programs use them. What an account goes by is changed by its owner alone, who holds the connection. */
export class ProxyService {
  constructor(private readonly parts: ProxyParts) {}

  list(ctx: Ctx): Promise<Proxy[]> {
    return listProxies(this.parts.store.pool, ctx);
  }

  async create(ctx: Ctx, { credentials, poolId, ...rest }: ProxyCreate): Promise<Proxy> {
    const id = uuid();
    const sealed = credentials ? sealCredentials(this.parts.vault, id, credentials) : null;
    return this.#change((sql, now) => this.#put(sql, ctx, { id, ...rest, sealed, pool_id: poolId ?? null }, now));
  }

  /** Accounts that go by it connect anew when it is another proxy by then. */
  async patch(ctx: Ctx, id: string, { credentials, poolId, ...rest }: ProxyPatch): Promise<Proxy> {
    const { proxy, isAnother } = await this.#change(async (sql, now) => {
      const row = await lockProxyRow(sql, id);
      if (!row) throw noSuchProxy();
      const sealed =
        credentials === undefined ? row.sealed : credentials && sealCredentials(this.parts.vault, id, credentials);
      const after = { ...row, ...rest, sealed, pool_id: poolId === undefined ? row.pool_id : poolId };
      return {
        proxy: await this.#put(sql, ctx, after, now),
        isAnother: ROUTE.some((key) => after[key] !== row[key]),
      };
    });
    if (isAnother) await this.#reconnect(id);
    return proxy;
  }

  async remove(id: string): Promise<void> {
    await this.#change(async (sql, now) => {
      const { deleted, used } = await deleteProxy(sql, id);
      if (used > 0) throw new ProblemError('conflict', inUse(used));
      if (!deleted) throw noSuchProxy();
      await appendEvents(sql, [newEvent('proxy.deleted', null, { proxyId: id }, now)]);
    });
  }

  /** Tries to reach the network through it, now. A proxy that fails is an answer. */
  async test(ctx: Ctx, id: string, network: Network): Promise<ProxyTest> {
    const { store, tester } = this.parts;
    const row = await readProxyRow(store.pool, id);
    if (!row) throw noSuchProxy();
    const result = await tester.run(row, network);
    await this.#change(async (sql, now) => {
      await noteTest(sql, id, result);
      const proxy = await findProxy(sql, ctx, id);
      if (proxy) await appendEvents(sql, [newEvent('proxy.updated', null, { proxy }, now)]);
    });
    return result;
  }

  async ofAccount(ctx: Ctx, accountId: string): Promise<AccountProxy> {
    await this.parts.accounts.read(ctx, accountId);
    return readAccountProxy(this.parts.store.pool, ctx, accountId);
  }

  /** Resolves when the account goes by it: its connection that went another way has ended. */
  async assign(ctx: Ctx, accountId: string, wish: AccountProxyPut): Promise<AccountProxy> {
    const { commands, accounts } = this.parts;
    const { network } = await accounts.read(ctx, accountId);
    const before = await this.ofAccount(ctx, accountId);
    // Of its pool it keeps the one that it was given.
    const keeps = wish.poolId && wish.poolId === before.poolId;
    const chosen = keeps ? before : await chooseProxy(this.parts.store.pool, wish, network);
    await commands.ask(accountId, 'proxy', chosen);
    return this.ofAccount(ctx, accountId);
  }

  async #put(sql: Sql, ctx: Ctx, values: ProxyValues, now: Date): Promise<Proxy> {
    if (values.pool_id && !(await hasPool(sql, values.pool_id)))
      throw new ProblemError('not_found', 'There is no such pool.');
    const { vault } = this.parts;
    await holdVaultKey(sql, vault.keyId);
    const renewed = { ...values, sealed: renewCredentials(vault, values.id, values.sealed) };
    if (!(await putProxy(sql, renewed, now))) throw new ProblemError('conflict', 'Another proxy has this name.');
    const proxy = (await findProxy(sql, ctx, values.id))!;
    await appendEvents(sql, [newEvent('proxy.updated', null, { proxy }, now)]);
    return proxy;
  }

  /** Each by its owner; one that does not answer now finds the new address at its next attempt. */
  async #reconnect(proxyId: string): Promise<void> {
    const { store, commands } = this.parts;
    const ids = await accountsOf(store.pool, proxyId);
    await Promise.allSettled(ids.map((id) => commands.ask(id, 'line-changed', {})));
  }

  async #change<T>(work: (sql: Sql, now: Date) => Promise<T>): Promise<T> {
    const { store, clock, notifier } = this.parts;
    const result = await transact(store.pool, (sql) => work(sql, clock.now()));
    notifier.wake('unnumbered');
    return result;
  }
}

const noSuchProxy = () => new ProblemError('not_found', 'There is no such proxy.');

/** What makes it another proxy. */
const ROUTE = ['kind', 'host', 'port', 'sealed'] as const;
