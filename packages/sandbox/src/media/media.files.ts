/**
 * Files in a folder, each under the hash of its bytes: what the network stores and what people have kept. All of them are
 * encrypted but pictures of people and groups, which WhatsApp does not encrypt either.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export class TooBig extends Error {}

export interface StoredFile {
  /** base64url. */
  hash: string;
  size: number;
}

export class MediaFiles {
  private readonly incoming: string;

  constructor(private readonly folder: string) {
    this.incoming = join(folder, 'incoming');
    rmSync(this.incoming, { recursive: true, force: true });
    mkdirSync(this.incoming, { recursive: true, mode: 0o700 });
  }

  /** Rejects with the source's error, or `TooBig`; nothing is left of a file that did not come whole. */
  async put(source: AsyncIterable<Uint8Array>, most = Infinity): Promise<StoredFile> {
    const path = join(this.incoming, randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        hash.update(chunk);
        size += chunk.length;
        if (size > most) throw new TooBig();
        yield chunk;
      }
    };
    try {
      await pipeline(counted(), createWriteStream(path, { mode: 0o600 }));
      const name = hash.digest('base64url');
      await rename(path, this.path(name));
      return { hash: name, size };
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  }

  /** For what is small, and in memory already. */
  putNow(bytes: Uint8Array): StoredFile {
    const name = createHash('sha256').update(bytes).digest('base64url');
    const path = join(this.incoming, randomUUID());
    writeFileSync(path, bytes, { mode: 0o600 });
    renameSync(path, this.path(name));
    return { hash: name, size: bytes.length };
  }

  readNow(hash: string): Uint8Array {
    return new Uint8Array(readFileSync(this.path(hash)));
  }

  size(hash: string): number | undefined {
    return existsSync(this.path(hash)) ? statSync(this.path(hash)).size : undefined;
  }

  /** `end` is the last byte that is read. */
  read(hash: string, start = 0, end = Infinity) {
    return createReadStream(this.path(hash), { start, end });
  }

  private path(hash: string): string {
    return join(this.folder, hash.replace(/[^\w-]/g, ''));
  }
}
