/**
 * Takes a session of another program over, as an account of ours, without a scan. The account, its lease and its sealed
 * records are one transaction: there is no half of an import. Whose format it was is the reader's business.
 */
import type { AccountImported, Network } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../../../clock/clock.js';
import type { Sql, Store } from '../../../../database/database.js';
import { isTwice } from '../../../../database/failure.js';
import { transact } from '../../../../database/transaction.js';
import { insertLease } from '../../../cluster/lease.repository.js';
import type { Notifier } from '../../../cluster/notifier.repository.js';
import { accountWithNumber, insertAccount } from '../../accounts/account.repository.js';
import { type AccountRow, toAccount } from '../../accounts/account.view.js';
import { step } from '../../accounts/machine/account.machine.js';
import { writeStates } from '../../accounts/supervisor/account.state.writer.js';
import type { Identity } from '../../engines/engine.js';
import { appendEvents, newEvent } from '../../events/event.log.repository.js';
import { e164, isSandboxNumber } from '../../jid.js';
import type { RecordKind } from '../journal.js';
import { holdVaultKey } from '../keys/key.repository.js';
import { upsertRecords } from '../record.repository.js';
import type { Vault } from '../vault.js';
import { ImportRefused, type SessionFiles } from './session.files.js';
import { importWarning } from './warning.js';

/** What a reader makes of files: records in the form that the engine itself writes, judged by the engine. */
export type ReadSession =
  | { state: 'ok'; records: { kind: RecordKind; id: string; value: Uint8Array }[]; identity: Identity }
  | { state: 'missing' | 'incomplete' | 'corrupted'; detail: string };

export interface ImporterParts {
  store: Store;
  vault: Vault;
  notifier: Notifier;
  clock: Clock;
  read(files: SessionFiles['files']): ReadSession;
}

export interface ImportOptions {
  network: Network;
  name?: string | undefined;
  connect: boolean;
}

type Whole = Extract<ReadSession, { state: 'ok' }>;

export class SessionImporter {
  constructor(private readonly parts: ImporterParts) {}

  /** Throws `ImportRefused`; then nothing was written. */
  async take({ files, changedAt }: SessionFiles, options: ImportOptions): Promise<AccountImported> {
    const session = whole(this.parts.read(files));
    checkNetwork(session.identity, options.network);
    const now = this.parts.clock.now();
    const warning = importWarning(changedAt, now);
    const row = await this.#take(session, options, warning, now);
    this.parts.notifier.wake('networks', options.network);
    this.parts.notifier.wake('unnumbered');
    return {
      account: toAccount(row, false),
      records: session.records.length,
      changedAt: changedAt?.toISOString() ?? null,
      warning,
    };
  }

  async #take(session: Whole, options: ImportOptions, warning: string, now: Date): Promise<AccountRow> {
    const { pool } = this.parts.store;
    try {
      return await transact(pool, (sql) => this.#write(sql, session, options, warning, now));
    } catch (error) {
      // Another import of the same session was there first.
      const { phone } = session.identity;
      if (isTwice(error) && phone) await refuseTaken(pool, options.network, e164(phone));
      throw error;
    }
  }

  async #write(
    sql: Sql,
    { identity, records }: Whole,
    options: ImportOptions,
    statusNote: string,
    now: Date,
  ): Promise<AccountRow> {
    const id = uuid();
    const phoneNumber = identity.phone && e164(identity.phone);
    if (phoneNumber) await refuseTaken(sql, options.network, phoneNumber);
    const born = await insertAccount(sql, {
      id,
      network: options.network,
      name: options.name ?? identity.pushName ?? phoneNumber ?? 'Imported',
      phoneNumber,
      phoneNumberSource: phoneNumber ? 'engine' : null,
      lid: identity.lid,
      pushName: identity.pushName,
      linked: true,
      linkedAt: now,
      copiedFrom: 'import',
      userAction: 'reconnect',
      statusNote,
      since: now,
      createdAt: now,
      updatedAt: now,
    });
    await insertLease(sql, id, now);
    await holdVaultKey(sql, this.parts.vault.keyId);
    const sealed = records.map(({ kind, id: recordId, value }) => {
      const place = { accountId: id, kind, id: recordId };
      return { ...place, sealed: this.parts.vault.seal(place, value) };
    });
    await upsertRecords(sql, sealed, now);
    const row = options.connect ? await connect(sql, born, now) : born;
    await appendEvents(sql, [newEvent('account.created', id, { account: toAccount(row, false) }, now)]);
    return row;
  }
}

function whole(session: ReadSession): Whole {
  if (session.state === 'ok') return session;
  throw new ImportRefused(session.state, `This session is ${session.state}: ${session.detail}.`);
}

function checkNetwork({ phone }: Identity, network: Network): void {
  if (phone === null || isSandboxNumber(phone) === (network === 'sandbox')) return;
  const other = network === 'sandbox' ? 'whatsapp' : 'sandbox';
  throw new ImportRefused('not_a_session', `Its number +${phone} is of the network ${other}, not of ${network}.`);
}

async function refuseTaken(sql: Sql, network: Network, phoneNumber: string): Promise<void> {
  const other = await accountWithNumber(sql, network, phoneNumber);
  if (!other) return;
  const mend = 'Delete or reset that account first if this session is to take its place.';
  throw new ImportRefused('taken', `The account “${other.name}” has the number ${phoneNumber} already. ${mend}`);
}

/** As if a person had asked for it: the machine says what it is then, and whichever worker is there claims it. */
async function connect(sql: Sql, row: AccountRow, now: Date): Promise<AccountRow> {
  const { state } = step(row, { type: 'initialize' }, now, 0);
  const after = { ...row, ...state, updatedAt: now };
  await writeStates(sql, [after]);
  return after;
}
