import { buffer } from 'node:stream/consumers';
import { fromBufferPromise, type ZipFile } from 'yauzl';
import { type FileCollector, ImportRefused } from './session.files.js';

/** Throws `ImportRefused`. Sizes that an entry tells are held to by yauzl: one that unpacks to more fails. */
export async function readZip(bytes: Buffer, into: FileCollector): Promise<void> {
  try {
    await readEntries(await fromBufferPromise(bytes, { lazyEntries: true }), into);
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    throw new ImportRefused('corrupted', `The .zip cannot be read (${(error as Error).message}).`);
  }
}

async function readEntries(zip: ZipFile, into: FileCollector): Promise<void> {
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize } = entry;
    if (fileName.endsWith('/')) continue;
    if (!into.takes(fileName, uncompressedSize, entry.getLastModDate())) continue;
    into.add(fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
}
