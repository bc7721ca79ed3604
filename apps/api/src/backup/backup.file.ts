/** The file of a backup: gzip, then the age format with a passphrase, so that any `age` can open it. */
import { createReadStream, createWriteStream, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline as pipelineOf, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupBroken } from './backup.format.js';

/** 2^16 rounds of scrypt take 64 MB and about a quarter of a second. */
const WORK_FACTOR = 16;

/** Throws `BackupBroken` where no new file can be made. */
export function checkNewFile(path: string): void {
  if (existsSync(path)) throw new BackupBroken(`${path} is there already; choose another name.`);
  if (!existsSync(dirname(path))) throw new BackupBroken(`There is no folder ${dirname(path)}; make it first.`);
}

/** Throws `BackupBroken` where there is no file to be read. */
export function checkFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new BackupBroken(`There is no file ${path}.`);
  if (!found.isFile()) throw new BackupBroken(`${path} is no file; give the one that npm run backup wrote.`);
}

/** Writes it whole or not at all, for its owner alone; on the disk when it resolves. Throws `BackupBroken`. */
export async function writeEncrypted(path: string, passphrase: string, plain: AsyncIterable<Buffer>): Promise<void> {
  checkNewFile(path);
  const half = takeHalf(path);
  const drop = () => rmSync(half.path, { force: true });
  // Also when the process is told to end half way.
  process.once('exit', drop);
  try {
    const file = createWriteStream(half.path, { fd: half.fd, flush: true });
    await pipeline(Readable.from(plain), createGzip({ level: 3 }), (zipped) => encrypt(zipped, passphrase), file);
    await rename(half.path, path);
    await syncFolder(path);
  } catch (error) {
    drop();
    throw unwritable(half.path, error);
  } finally {
    process.off('exit', drop);
  }
}

/** Nobody else writes to the same place meanwhile. */
function takeHalf(path: string): { path: string; fd: number } {
  const half = `${path}.half`;
  try {
    return { path: half, fd: openSync(half, 'wx', 0o600) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(half, error);
    throw new BackupBroken(
      `${half} is there: another backup to this place is under way, or one was cut off. Remove it when none is, or choose another name.`,
    );
  }
}

const DISK = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'ENAMETOOLONG']);

/** What the disk says, as a full one. */
function unwritable(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code && DISK.has(code) ? new BackupBroken(`${path} cannot be written (${message}).`) : error;
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
  checkFile(path);
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
