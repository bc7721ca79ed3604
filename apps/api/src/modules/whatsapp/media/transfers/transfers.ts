/**
 * Files of one account on their way: what it has to fetch, and what it has to put to WhatsApp before a message can go. Made
 * for each verified connection and stopped with it, as the outbox is; only the owner of the account's lease has one.
 *
 * Rows that are due are taken in order; how many files are under way at once is bounded for the whole worker. What a
 * transfer came to goes into the account's journal, so that only an owner writes it. A process that dies leaves a row
 * that is still due and a file that nobody names: the next owner begins again, and the file is swept.
 */
import type { Cancel, Clock } from '../../../../clock/clock.js';
import { Rounds } from '../../../../clock/rounds.js';
import type { Sql } from '../../../../database/database.js';
import type { Places } from '../../../cluster/places.js';
import type { MediaCapability } from '../../engines/media.js';
import type { MediaLibrary } from '../files/library.js';
import type { OpenReference, SealReference } from '../reference.seal.js';
import { download } from './download.js';
import { dueDownloads, dueUploads } from './transfer.repository.js';
import type { TransferDesk } from './transfer.desk.js';
import type { DownloadStep, UploadStep } from './transfer.writer.js';
import { upload } from './upload.js';

const IN_HAND = 20;
/** Looked again after this long without a wake-up, where no file is due before. */
const POLL_MS = 15_000;

export interface TransferParts {
  accountId: string;
  sql: Sql;
  desk: TransferDesk;
  engine: MediaCapability;
  library: MediaLibrary;
  places: Places;
  seal: SealReference;
  unseal: OpenReference;
  clock: Clock;
  random(): number;
  record(step: DownloadStep): void;
  recordUpload(step: UploadStep): void;
  /** Resolves when what was recorded is in the rows; rejects when the lease was lost. */
  durable(): Promise<void>;
  /** A file is at WhatsApp, or cannot get there: a message may have waited for it. */
  uploaded(): void;
  /** Something of ours failed; it is tried again. */
  failed(error: unknown): void;
}

export class Transfers {
  readonly #inHand = new Map<string, Promise<void>>();
  readonly #ended = new AbortController();
  readonly #rounds = new Rounds(() => this.#look());
  #cancelPoll: Cancel | undefined;

  constructor(private readonly parts: TransferParts) {}

  /** Something may be due. */
  wake(): void {
    this.#rounds.ask();
  }

  stop(): void {
    void this.#rounds.stop();
    this.#ended.abort();
    this.#cancelPoll?.();
  }

  get #stopped(): boolean {
    return this.#ended.signal.aborted;
  }

  async #look(): Promise<boolean> {
    this.#cancelPoll?.();
    const wait = await this.#begin().catch((error: unknown) => {
      this.parts.failed(error);
      return POLL_MS;
    });
    if (!this.#stopped) this.#cancelPoll = this.parts.clock.setTimeout(() => this.wake(), wait);
    return false;
  }

  /** Takes what is due. Answers in how many milliseconds to look again; what ends in between looks again by itself. */
  async #begin(): Promise<number> {
    const { sql, accountId, clock, desk } = this.parts;
    const room = IN_HAND - this.#inHand.size;
    if (room <= 0) return POLL_MS;
    const wait = await desk.dueIn(accountId);
    if (wait > 0) return Math.min(wait, POLL_MS);
    const inHand = [...this.#inHand.keys()];
    const [now, { signal }] = [clock.now(), this.#ended];
    // What a message waits for goes first.
    for (const due of await dueUploads(sql, accountId, inHand, room, now))
      this.#take(`${due.media_id} ${due.type}`, () => upload(this.parts, due, signal));
    const ids = inHand.filter((key) => !key.includes(' '));
    for (const due of await dueDownloads(sql, accountId, ids, IN_HAND - this.#inHand.size, now))
      this.#take(due.id, () => download(this.parts, due, signal));
    return POLL_MS;
  }

  #take(key: string, work: () => Promise<void>): void {
    if (this.#stopped || this.#inHand.has(key)) return;
    this.#inHand.set(key, this.#run(key, work));
  }

  async #run(key: string, work: () => Promise<void>): Promise<void> {
    const release = await this.parts.places.take();
    try {
      if (!this.#stopped) await work();
      // In hand until its row says what became of it: a row that is still due would be taken again.
      if (!this.#stopped) await this.parts.durable();
    } catch (error) {
      if (!this.#stopped) this.parts.failed(error);
    } finally {
      release();
      this.#inHand.delete(key);
      this.wake();
    }
  }
}
