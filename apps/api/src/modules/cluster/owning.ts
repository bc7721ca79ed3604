import { AccountGovernor } from '../governor/account.governor.js';
import type { KnownHold } from '../governor/holds.js';
import type { CountOne } from '../metrics/counter.js';
import { AccountSupervisor } from '../whatsapp/accounts/supervisor/account.supervisor.js';
import type { AccountRow } from '../whatsapp/accounts/account.view.js';
import { answerCall } from '../whatsapp/calls/call.answer.js';
import { passOn } from '../whatsapp/gateway/ephemeral.js';
import { TransferDesk } from '../whatsapp/media/transfers/transfer.desk.js';
import { OutboxDesk } from '../whatsapp/messages/outbound/outbox.desk.js';
import { ProfileDesk } from '../whatsapp/profiles/profile.desk.js';
import { AccountLines } from '../whatsapp/proxies/account.lines.js';
import { AccountJournal } from '../whatsapp/sessions/account.journal.js';
import { mendRecord } from '../whatsapp/sessions/broken.record.js';
import { RecordCache } from '../whatsapp/sessions/record.cache.js';
import { RecordReader } from '../whatsapp/sessions/record.reader.js';
import type { Lease } from './lease.repository.js';
import type { Owned } from './owned.accounts.js';
import type { WorkerParts } from './worker.parts.js';

export interface OwningParts extends WorkerParts {
  /** The heartbeat holds, by our own clock. */
  valid(): boolean;
  /** Something of it is to be made durable. */
  dirty(journal: AccountJournal): void;
  /** Resolves with a place for a login, and with what gives it back. */
  slot(): Promise<() => void>;
  count: CountOne;
}

/**
 * Gives an account that was claimed what it runs by. Desks, cache and reader are one for all accounts of a worker: what many
 * ask for in one moment is one statement.
 */
export class Owning {
  readonly #cache = new RecordCache();
  readonly #reader: RecordReader;
  readonly #desk: OutboxDesk;
  readonly #transfers: TransferDesk;
  readonly #profiles: ProfileDesk;
  readonly #lines: AccountLines;

  constructor(private readonly parts: OwningParts) {
    const { store, vault, clock } = parts;
    this.#reader = new RecordReader(store.pool);
    this.#desk = new OutboxDesk(store.pool, clock);
    this.#transfers = new TransferDesk(store.pool, clock);
    this.#profiles = new ProfileDesk(store.pool, clock);
    this.#lines = new AccountLines(store.pool, vault);
  }

  own(lease: Lease, row: AccountRow, holds: readonly KnownHold[]): Owned {
    const { store, vault, clock, log, notifier, engine, inspect, endpoint, versions, media, previews, count, slot } =
      this.parts;
    const journal = this.#journal(lease, row);
    const supervisor = new AccountSupervisor({
      row,
      journal,
      engine,
      inspect,
      endpoint,
      versions,
      store,
      vault,
      media,
      previews,
      clock,
      count,
      slot,
      governor: this.#governor(row, holds, journal),
      lines: this.#lines,
      desk: this.#desk,
      transfers: this.#transfers,
      profiles: this.#profiles,
      log: log.child({ accountId: row.id }),
      tell: passOn(notifier),
      called: (accountId, call, session) => answerCall({ store, clock, notifier }, accountId, call, session),
    });
    return { lease, journal, supervisor, running: new Set() };
  }

  #journal(lease: Lease, { network }: AccountRow): AccountJournal {
    const { store, vault, dirty, valid } = this.parts;
    return new AccountJournal(lease, network, {
      vault,
      cache: this.#cache,
      mend: (key, sealed) => mendRecord(store.pool, vault, key, sealed),
      reader: this.#reader,
      dirty,
      valid,
    });
  }

  #governor({ id }: AccountRow, holds: readonly KnownHold[], journal: AccountJournal): AccountGovernor {
    const { store, clock } = this.parts;
    return new AccountGovernor({
      accountId: id,
      holds,
      sql: store.pool,
      clock,
      write: (...entry) => journal.write(...entry),
      random: Math.random,
    });
  }
}
