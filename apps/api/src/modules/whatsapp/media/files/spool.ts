/**
 * Files on their way in: bytes go into a file of their own as they come, and are counted and hashed on the way. What did
 * not come whole is removed; what a process left that was killed is removed at the next start, an hour later.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const LEFT_MS = 3_600_000;

export class FileTooBig extends Error {
  override name = 'FileTooBig';

  constructor(readonly most: number) {
    super(`The file has more than ${most} bytes.`);
  }
}

export interface Spooled {
  path: string;
  sha256: string;
  size: number;
  discard(): Promise<void>;
}

export class Spool {
  constructor(private readonly folder: string) {}

  /** Rejects with the source's error, or `FileTooBig`. */
  async take(source: AsyncIterable<Uint8Array>, most: number): Promise<Spooled> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        size += chunk.length;
        if (size > most) throw new FileTooBig(most);
        hash.update(chunk);
        yield chunk;
      }
    };
    const discard = (): Promise<void> => rm(path, { force: true });
    try {
      await pipeline(counted(), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    } catch (error) {
      await discard();
      throw error;
    }
    return { path, sha256: hash.digest('hex'), size, discard };
  }

  async clean(now: number): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => undefined); // Another process was quicker.
      if (found && now - found.mtimeMs > LEFT_MS) await rm(path, { force: true });
    }
  }
}
