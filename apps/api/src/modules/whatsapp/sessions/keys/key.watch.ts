/**
 * Keeps the vault of a running process true while its key is rotated: reads which keys there are and which of them seals,
 * every few seconds and when woken, and reports what it does. It says that it seals with another key only when everything
 * that it sealed before is durable, so that whoever seals anew after that misses nothing.
 */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Cancel, Clock } from '../../../../clock/clock.js';
import { Rounds } from '../../../../clock/rounds.js';
import type { Store } from '../../../../database/database.js';
import { transact } from '../../../../database/transaction.js';
import type { Listener } from '../../../cluster/listener.repository.js';
import type { Vault } from '../vault.js';
import { usable } from '../vault.opening.js';
import { type KeySource, readVaultKeys } from './key.file.js';
import { deleteReader, lockedVaultKeyRows, upsertReader } from './key.repository.js';

const EVERY_MS = 5_000;

export interface KeyWatchParts {
  vault: Vault;
  source: KeySource;
  store: Store;
  listener: Listener;
  clock: Clock;
  log: Pick<Logger, 'warn' | 'info'>;
  /** For people, as `api on host`. */
  name: string;
  /** Resolves when what was sealed so far is durable, or given up. */
  drained?: () => Promise<unknown>;
}

export class KeyWatch {
  readonly #id = randomUUID();
  #timer: Cancel | undefined;
  #off: Cancel | undefined;
  readonly #rounds = new Rounds(() => this.#lookAgain());

  constructor(private readonly parts: KeyWatchParts) {}

  /** Before anything is sealed here. Rejects when the database cannot be reached now. */
  async start(): Promise<void> {
    await this.#look();
    this.#off = this.parts.listener.on('vault', () => this.#rounds.ask());
    this.#tick();
  }

  async stop(): Promise<void> {
    this.#timer?.();
    this.#off?.();
    await this.#rounds.stop();
    await deleteReader(this.parts.store.pool, this.#id).catch(() => undefined); // It runs out by itself.
  }

  #tick(): void {
    this.#timer = this.parts.clock.setTimeout(() => {
      this.#rounds.ask();
      this.#tick();
    }, EVERY_MS);
  }

  async #lookAgain(): Promise<boolean> {
    await this.#look().catch((error) => this.parts.log.warn({ error }, 'the keys of the vault could not be read'));
    return false;
  }

  async #look(): Promise<void> {
    const { store, vault } = this.parts;
    const before = vault.keyId;
    await transact(store.pool, async (sql) => {
      await this.#adopt(sql);
      // What it was until now is told for as long as something of it is under way.
      await upsertReader(sql, this.#report(before));
    });
    if (vault.keyId === before) return;
    this.parts.log.info(`the vault seals with the key ${vault.keyId} now`);
    await this.parts.drained?.();
    await upsertReader(store.pool, this.#report(vault.keyId));
  }

  /** The rows are held until the report is there: a switch comes before this look, or sees what it reported. */
  async #adopt(sql: Parameters<typeof lockedVaultKeyRows>[0]): Promise<void> {
    const { vault, source, log } = this.parts;
    const rows = await lockedVaultKeyRows(sql);
    const sealing = rows.find(({ state }) => state === 'sealing');
    if (!sealing) return;
    if (!vault.adopt(usable(readVaultKeys(source), rows), sealing.keyId))
      log.warn(`the vault's key ${sealing.keyId} is not here: see docs/operations/key.md`);
  }

  #report(keyId: string) {
    const { name, vault } = this.parts;
    return { id: this.#id, name, keyId, keyIds: vault.keyIds };
  }
}
