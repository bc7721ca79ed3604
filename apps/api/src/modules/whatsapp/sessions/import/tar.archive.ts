import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { type FileCollector, ImportRefused } from './session.files.js';

/** Of everything in it, what is passed over too: a bomb costs no more time than this. */
const MOST_UNPACKED = 1024 * 1024 * 1024;

/** A .tar.gz. Throws `ImportRefused`. */
export async function readTarGz(bytes: Buffer, into: FileCollector): Promise<void> {
  try {
    const unpacked = Readable.from([bytes]).pipe(createGunzip());
    await parse(unpacked, into);
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    throw new ImportRefused('corrupted', `The .tar.gz cannot be read (${(error as Error).message}).`);
  }
}

async function parse(unpacked: AsyncIterable<Buffer>, into: FileCollector): Promise<void> {
  let failure: Error | undefined;
  const parser = new Parser({ strict: true, gzip: false });
  parser.on('error', (error: Error) => (failure ??= error));
  parser.on('entry', (entry: ReadEntry) => {
    try {
      readEntry(entry, into);
    } catch (error) {
      failure ??= error as Error;
      entry.resume();
    }
  });
  let seen = 0;
  for await (const chunk of unpacked) {
    parser.write(chunk);
    if ((seen += chunk.length) > MOST_UNPACKED) throw new ImportRefused('too_large', 'It unpacks to too much.');
    if (failure) throw failure;
  }
  parser.end();
  if (failure) throw failure;
}

/** Links and devices have no content that could be a key. */
function readEntry(entry: ReadEntry, into: FileCollector): void {
  const isFile = entry.type === 'File' || entry.type === 'OldFile';
  if (!isFile || !into.takes(entry.path, entry.size, entry.mtime)) return void entry.resume();
  const chunks: Buffer[] = [];
  entry.on('data', (chunk) => void chunks.push(Buffer.from(chunk as Uint8Array)));
  entry.on('end', () => into.add(entry.path, Buffer.concat(chunks)));
}
