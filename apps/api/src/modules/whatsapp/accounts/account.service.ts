import type { Account, AccountCreate, AccountPatch, AccountQr, Network, Page, PairingCode } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import type { Ctx } from '../../auth/ctx.js';
import type { CommandInputs, Verb } from '../../cluster/commands/command.js';
import type { Commands } from '../../cluster/commands/commands.js';
import { insertLease } from '../../cluster/lease.repository.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { parsePhone } from '../contacts/phone.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import type { Secrets } from '../events/secrets.js';
import { e164, type PhoneDigits } from '../jid.js';
import { writeAccountProxy } from '../proxies/account.proxy.writer.js';
import { chooseProxy } from '../proxies/proxy.choice.js';
import {
  type AccountFilter,
  accountWithNumber,
  findAccount,
  insertAccount,
  listAccounts,
  updateAccountTexts,
} from './account.repository.js';
import { toAccount } from './account.view.js';
import { phoneNumberTaken } from './number.taken.js';

/**
 * Accounts as people and programs use them. Names and notes are written here; everything that concerns the session is
 * asked of the account's owner, wherever that runs (`Commands`).
 */
export class AccountService {
  constructor(
    private readonly store: Store,
    private readonly commands: Commands,
    private readonly notifier: Notifier,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
    private readonly networks: Record<Network, boolean>,
  ) {}

  list(ctx: Ctx, filter: AccountFilter): Promise<Page<Account>> {
    return listAccounts(this.store.db, ctx, filter);
  }

  async read(ctx: Ctx, id: string): Promise<Account> {
    const account = await findAccount(this.store.db, ctx, id);
    if (!account) throw noSuchAccount();
    return account;
  }

  async create(ctx: Ctx, input: AccountCreate): Promise<Account> {
    const network = input.network ?? 'whatsapp';
    if (!this.networks[network]) throw new ProblemError('network_disabled', `The network ${network} is switched off.`);
    const [id, now] = [uuid(), this.clock.now()];
    const { pool } = this.store;
    const way = input.proxy && (await chooseProxy(pool, input.proxy, network));
    await transact(pool, async (sql) => {
      const stamps = { since: now, createdAt: now, updatedAt: now };
      const row = await insertAccount(sql, { id, network, name: input.name, notes: input.notes ?? null, ...stamps });
      await insertLease(sql, id, now);
      await appendEvents(sql, [newEvent('account.created', id, { account: toAccount(row, false) }, now)]);
      // Before anybody can connect it: nothing of it ever goes straight.
      if (way?.proxyId && !(await writeAccountProxy(sql, id, way, now)))
        throw new ProblemError('not_found', 'There is no such proxy.');
    });
    this.notifier.wake('networks', network);
    this.notifier.wake('unnumbered');
    return this.read(ctx, id);
  }

  async patch(ctx: Ctx, id: string, patch: AccountPatch): Promise<Account> {
    const now = this.clock.now();
    const account = await transact(this.store.pool, async (sql) => {
      const after = await updateAccountTexts(sql, ctx, id, { ...patch, updatedAt: now });
      if (!after) throw noSuchAccount();
      await appendEvents(sql, [newEvent('account.updated', id, { account: after }, now)]);
      return after;
    });
    this.notifier.wake('unnumbered');
    return account;
  }

  /** Brings the account online: with its session when it has one, else by showing a QR. */
  initialize(ctx: Ctx, id: string): Promise<Account> {
    return this.#ask(ctx, id, 'initialize', {});
  }

  /** Takes it offline and keeps its session. */
  disconnect(ctx: Ctx, id: string): Promise<Account> {
    return this.#ask(ctx, id, 'disconnect', {});
  }

  /** Forgets session, number and push name; works on any status. The session is kept aside for 30 days. */
  reset(ctx: Ctx, id: string): Promise<Account> {
    return this.#ask(ctx, id, 'reset', {});
  }

  /** Unlinks this device at WhatsApp. */
  logout(ctx: Ctx, id: string): Promise<Account> {
    return this.#ask(ctx, id, 'logout', {});
  }

  async remove(ctx: Ctx, id: string): Promise<void> {
    await this.read(ctx, id);
    await this.commands.ask(id, 'remove', {});
  }

  /** The number by hand (R1.5): form and other accounts are checked here, and the owner stores it. */
  async setPhone(ctx: Ctx, id: string, text: string): Promise<Account> {
    const account = await this.read(ctx, id);
    const phoneNumber = e164(checkedPhone(account.network, text));
    const other = await accountWithNumber(this.store.pool, account.network, phoneNumber);
    if (other && other.id !== id) throw phoneNumberTaken(other);
    return this.#ask(ctx, id, 'phone', { phoneNumber });
  }

  /** Another phone than before was linked: the account goes on with it (`phone_number_conflict`). */
  acceptNumber(ctx: Ctx, id: string): Promise<Account> {
    return this.#ask(ctx, id, 'accept-number', {});
  }

  /** Another phone than before was linked: it is unlinked again, and the account keeps its number. */
  refuseNumber(ctx: Ctx, id: string): Promise<Account> {
    return this.#ask(ctx, id, 'refuse-number', {});
  }

  /** Shows a code to be typed on the phone, instead of a QR. */
  async pairingCode(ctx: Ctx, id: string, text: string): Promise<PairingCode> {
    const account = await this.read(ctx, id);
    const phone = checkedPhone(account.network, text);
    const { secretId } = await this.commands.ask(id, 'pairing-code', { phone }, 45_000);
    const secret = await this.secrets.reveal(ctx, secretId);
    if (!secret) throw new ProblemError('timed_out', 'The code has run out already. Ask for another.');
    return { code: secret.text, expiresAt: secret.expiresAt.toISOString() };
  }

  /** The QR on screen now, for a page that opens while the account is `warming`. */
  async qr(ctx: Ctx, id: string): Promise<AccountQr> {
    await this.read(ctx, id);
    const secret = await this.secrets.latest(ctx, id, 'qr');
    if (!secret) throw new ProblemError('not_found', 'No QR is on screen for this account.');
    return { text: secret.text, expiresAt: secret.expiresAt.toISOString() };
  }

  async #ask<V extends Verb>(ctx: Ctx, id: string, verb: V, input: CommandInputs[V]): Promise<Account> {
    await this.read(ctx, id);
    await this.commands.ask(id, verb, input);
    return this.read(ctx, id);
  }
}

const noSuchAccount = () => new ProblemError('not_found', 'There is no such account.');

function checkedPhone(network: Network, text: string): PhoneDigits {
  const phone = parsePhone(network, text);
  if (phone) return phone;
  const mend =
    network === 'sandbox'
      ? 'Sandbox numbers begin with +999.'
      : 'Enter it in international form, for example +62 812 3456 7890.';
  throw new ProblemError('phone_number_invalid', `This is not a phone number of this network. ${mend}`, [
    { field: 'phoneNumber', message: mend },
  ]);
}
