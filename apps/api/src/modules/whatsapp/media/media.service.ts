import type { Readable } from 'node:stream';
import type { Media, MediaLink } from '@trunkline/contracts';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../../../clock/clock.js';
import type { Store } from '../../../database/database.js';
import { transact } from '../../../database/transaction.js';
import { ProblemError } from '../../../errors/problem.js';
import { type Ctx, systemCtx } from '../../auth/ctx.js';
import type { Notifier } from '../../cluster/notifier.repository.js';
import { appendEvents, newEvent } from '../events/event.log.repository.js';
import { cleanFileName } from './file.name.js';
import { smallPicture } from './files/inspect.js';
import type { MediaLibrary, TakenFile } from './files/library.js';
import type { ByteRange } from './files/file.store.js';
import { FileTooBig } from './files/spool.js';
import type { LinkSigner } from './link.signer.js';
import { wrongPoster } from './media.form.js';
import { findMedia, insertUploaded, mayUseAccount, wantAgain } from './media.repository.js';

const MEGABYTE = 1024 * 1024;

/** One that is here. */
export type ReadableFile = Media & { sha256: string; size: number };

export interface OfferedFile {
  /** As its sender names it. */
  name: string;
  mime: string;
  /** What a film shows before it is played, as its sender made it. */
  poster: Buffer | null;
  bytes: AsyncIterable<Uint8Array>;
}

/** Files for people and programs: taken in, told of, handed out. What moves them to and from WhatsApp runs in the workers. */
export class MediaService {
  constructor(
    private readonly store: Pick<Store, 'pool'>,
    private readonly library: MediaLibrary,
    private readonly signer: LinkSigner,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly notifier: Notifier,
  ) {}

  get mostBytes(): number {
    return this.library.settings.mostBytes;
  }

  async checkAccount(ctx: Ctx, accountId: string): Promise<void> {
    if (await mayUseAccount(this.store.pool, ctx, accountId)) return;
    throw new ProblemError('not_found', 'There is no such account.', [
      { field: 'accountId', message: 'Not an account.' },
    ]);
  }

  /** `accountId` was checked. */
  async add(accountId: string, { name, mime, poster, bytes }: OfferedFile): Promise<Media> {
    const now = this.clock.now();
    const thumbnail = poster && (await smallPicture(poster).catch(() => undefined));
    if (thumbnail === undefined) throw wrongPoster('The poster is no picture that can be opened here.');
    const file = await this.#take(bytes, mime);
    if (file.mime.startsWith('video/')) file.thumbnail ??= thumbnail;
    if (file.size === 0) {
      await file.discard();
      throw new ProblemError('validation_failed', 'The file is empty.', [
        { field: 'file', message: 'No bytes in it.' },
      ]);
    }
    await this.library.keep(file, now);
    const fileName = cleanFileName(name) || null;
    return insertUploaded(this.store.pool, { id: uuid(), accountId, fileName, file }, now);
  }

  async read(ctx: Ctx, id: string): Promise<Media> {
    const media = await findMedia(this.store.pool, ctx, id);
    if (!media) throw new ProblemError('not_found', 'There is no such file.');
    return media;
  }

  /** The file of somebody who was let in, or who has a signed link. */
  async readFile(ctx: Ctx | 'signed', id: string): Promise<ReadableFile> {
    const media = await this.read(ctx === 'signed' ? systemCtx('media link') : ctx, id);
    const { sha256, size } = media;
    if (media.state === 'ready' && sha256 !== null && size !== null) return { ...media, sha256, size };
    throw new ProblemError('media_not_ready', media.problem ?? 'The file is not here yet.');
  }

  /** For what `readFile` answered. */
  async open({ sha256 }: { sha256: string }, range?: ByteRange): Promise<Readable> {
    const file = await this.library.open(sha256, range);
    if (!file) throw new ProblemError('not_found', 'The file was removed meanwhile.');
    return file;
  }

  /** Fetches (again) what is at WhatsApp; what is here, or on its way, stays as it is. */
  async fetch(ctx: Ctx, id: string): Promise<Media> {
    const now = this.clock.now();
    const wanted = await transact(this.store.pool, async (sql) => {
      const media = await wantAgain(sql, ctx, id, now);
      if (media) await appendEvents(sql, [newEvent('media.updated', media.accountId, { media }, now)]);
      return media;
    });
    if (!wanted) return this.read(ctx, id);
    this.notifier.wake('outbox', wanted.accountId);
    this.notifier.wake('unnumbered');
    return wanted;
  }

  async link(ctx: Ctx, id: string, seconds: number): Promise<MediaLink> {
    const media = await this.read(ctx, id);
    const expires = Math.ceil(this.clock.now().getTime() / 1000) + seconds;
    const url = `/api/whatsapp/media/${media.id}/shared?${this.signer.query(media.id, expires)}`;
    return { url, expiresAt: new Date(expires * 1000).toISOString() };
  }

  isSigned(id: string, { expires, signature }: { expires: number; signature: string }): boolean {
    return this.signer.opens(id, expires, signature, this.clock.now());
  }

  async #take(bytes: AsyncIterable<Uint8Array>, mime: string): Promise<TakenFile> {
    try {
      return await this.library.take(bytes, mime);
    } catch (error) {
      if (!(error instanceof FileTooBig)) throw error;
      const most = Math.floor(this.mostBytes / MEGABYTE);
      const message = `A file may have up to ${most} MB here. Make it smaller, or raise MEDIA_MAX_MB and start again.`;
      throw new ProblemError('media_too_big', message, [{ field: 'file', message }]);
    }
  }
}
