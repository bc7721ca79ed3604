/** Files of one account: up, down, and asked for again. Whatever ends the connection ends these. */
import type { MediaCapability, MediaReference } from '../../media.js';
import type { AccountContext } from '../account.context.js';
import { decrypt, sealedSize, verify } from './media.cipher.js';
import { fetchSealed } from './media.download.js';
import { failureOf, MediaError } from './media.error.js';
import { MediaConnection } from './media.hosts.js';
import { mediaKeys } from './media.keys.js';
import type { MediaLine } from './media.line.js';
import { MediaRetries } from './media.again.js';
import { upload } from './media.upload.js';

export class AccountMedia implements MediaCapability {
  readonly retries: MediaRetries;
  private readonly connection: MediaConnection;

  constructor(
    account: AccountContext,
    private readonly line: MediaLine,
    private readonly ended: AbortSignal,
    phoneMs: number,
  ) {
    this.connection = new MediaConnection(account.wire);
    this.retries = new MediaRetries(account, phoneMs);
  }

  upload: MediaCapability['upload'] = async (source, type, signal) => {
    const { line, connection } = this;
    return this.attempt(signal, async (either) => {
      const reference = await upload({ line, connection, source, type, signal: either });
      return { ok: true, reference } as const;
    });
  };

  download: MediaCapability['download'] = async (reference, sink, { most, signal }) =>
    this.attempt(signal, async (either) => {
      if (reference.size !== null && reference.size > most)
        throw new MediaError('too_big', `${reference.size} bytes; ${most} are allowed`);
      const hosts = await this.connection.hosts();
      if (!hosts || hosts.names.length === 0) throw new MediaError('unreachable', 'the server names no media hosts');
      const { path } = reference;
      const bytes = { line: this.line, hosts: hosts.names, path, most: sealedSize(most), signal: either };
      await sink(opened(fetchSealed(bytes), reference));
      return { ok: true } as const;
    });

  askAgain: MediaCapability['askAgain'] = async (message, reference, signal) =>
    this.attempt(signal, async (either) => {
      return { ok: true, path: await this.retries.ask(message, reference, either) } as const;
    });

  private async attempt<T>(signal: AbortSignal, work: (either: AbortSignal) => Promise<T>) {
    const either = AbortSignal.any([signal, this.ended]);
    try {
      return await work(either);
    } catch (error) {
      if (either.aborted) return { ok: false, code: 'not_connected', detail: 'the connection ended' } as const;
      return failureOf(error);
    }
  }
}

const bytesOf = (base64: string | null): Buffer | null => (base64 === null ? null : Buffer.from(base64, 'base64'));
const expectedOf = ({ sha256, encSha256, size }: MediaReference) => ({
  sha256: bytesOf(sha256),
  encSha256: bytesOf(encSha256),
  size,
});

function opened(bytes: AsyncIterable<Buffer>, reference: MediaReference): AsyncIterable<Buffer> {
  const [key, expected] = [bytesOf(reference.key), expectedOf(reference)];
  return key ? decrypt(bytes, mediaKeys(key, reference.type), expected) : verify(bytes, expected);
}
