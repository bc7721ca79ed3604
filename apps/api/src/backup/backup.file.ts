/** The file of a backup: gzip, then the age format with a passphrase, so that any `age` can open it. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline as pipelineOf, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupBroken } from './backup.format.js';

/** 2^16 rounds of scrypt take 64 MB and about a quarter of a second. */
const WORK_FACTOR = 16;

/** Writes it whole or not at all, for its owner alone; on the disk when it resolves. */
export async function writeEncrypted(path: string, passphrase: string, plain: AsyncIterable<Buffer>): Promise<void> {
  if (existsSync(path)) throw new BackupBroken(`${path} is there already; choose another name.`);
  const half = `${path}.half`;
  try {
    const file = createWriteStream(half, { mode: 0o600, flush: true });
    await pipeline(Readable.from(plain), createGzip({ level: 3 }), (zipped) => encrypt(zipped, passphrase), file);
    await rename(half, path);
    await syncFolder(path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

async function* encrypt(zipped: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  yield* iterate(await encrypter.encrypt(web(zipped)));
}

/** Throws `BackupBroken`: a wrong passphrase, a file that was changed or cut off, or no backup at all. */
export async function* readEncrypted(path: string, passphrase: string): AsyncGenerator<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const source = createReadStream(path);
  try {
    const clear = await opened(decrypter.decrypt(web(source)));
    const plain = createGunzip();
    // What goes wrong is thrown by the last of the chain.
    pipelineOf(Readable.from(whole(iterate(clear))), plain, () => undefined);
    yield* plain as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof BackupBroken) throw error;
    throw new BackupBroken(`It cannot be read (${(error as Error).message}).`);
  } finally {
    source.destroy();
  }
}

async function opened<T>(decrypting: Promise<T>): Promise<T> {
  try {
    return await decrypting;
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('no identity matched')) throw new BackupBroken('The passphrase is wrong.');
    throw new BackupBroken(`It is not a backup of Trunkline, or its beginning was changed (${message}).`);
  }
}

async function* whole(clear: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* clear;
  } catch {
    throw new BackupBroken('The file was changed or cut off.');
  }
}

const web = (stream: AsyncIterable<Uint8Array>) =>
  Readable.toWeb(Readable.from(stream)) as unknown as globalThis.ReadableStream<Uint8Array>;
const iterate = (stream: globalThis.ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> =>
  stream as unknown as ReadableStream<Uint8Array>;

async function syncFolder(path: string): Promise<void> {
  const file = await open(path, 'r');
  await file.sync().finally(() => file.close());
}
