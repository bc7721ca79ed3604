/**
 * All files of the installation: how one is taken in, opened and forgotten.
 *
 * A file is put into the store *after* a row says so and *before* a media or a profile names it; one that none names is removed an
 * hour after it was put there last, under the lock of its row. So a process may die at any moment, and two may work on the
 * same file at once: nothing that is named is ever missing, and nothing stays that nobody names.
 */
import type { Readable } from 'node:stream';
import type { Store } from '../../../../database/database.js';
import { transact } from '../../../../database/transaction.js';
import type { MediaSettings } from '../media.settings.js';
import type { ByteRange } from './file.store.js';
import { forgetFile, noteFile, unnamedFiles } from './file.repository.js';
import { inspectFile, type Inspected } from './inspect.js';
import { Spool, type Spooled } from './spool.js';

/** Taken in and looked at; in the store once it was kept. */
export interface TakenFile extends Inspected, Spooled {}

export class MediaLibrary {
  readonly #spool: Spool;

  constructor(
    private readonly store: Pick<Store, 'pool'>,
    readonly settings: MediaSettings,
  ) {
    this.#spool = new Spool(settings.spoolFolder);
  }

  /** `claimed`: the type that its sender names. Rejects with the source's error, or `FileTooBig`. */
  async take(source: AsyncIterable<Uint8Array>, claimed: string | null): Promise<TakenFile> {
    const spooled = await this.#spool.take(source, this.settings.mostBytes);
    return { ...spooled, ...(await inspectFile(spooled.path, claimed)) };
  }

  async keep({ sha256, size, path }: TakenFile, now: Date): Promise<void> {
    await noteFile(this.store.pool, { sha256, size }, now);
    await this.settings.store.put(sha256, path);
  }

  open(sha256: string, range?: ByteRange): Promise<Readable | undefined> {
    return this.settings.store.open(sha256, range);
  }

  /** Removes what no media names. */
  async sweep(now: Date): Promise<void> {
    await this.#spool.clean(now.getTime());
    for (const sha256 of await unnamedFiles(this.store.pool, now)) {
      await transact(this.store.pool, async (sql) => {
        if (await forgetFile(sql, sha256, now)) await this.settings.store.remove(sha256);
      });
    }
  }
}
