/** What a store promises, of each of the two: a folder, and a bucket of a server that speaks S3 over real HTTP. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type BucketServer, startBucket } from '../../../../testing/bucket.js';
import { diskStore } from './disk.store.js';
import type { FileStore } from './file.store.js';
import { s3Store } from './s3.store.js';

let folder: string;
let server: BucketServer;
const stores: Partial<Record<'folder' | 'bucket', FileStore>> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trunkline-store-'));
  server = await startBucket(join(folder, 'server'));
  stores.folder = diskStore(join(folder, 'disk'));
  stores.bucket = s3Store({ ...server.settings, prefix: 'some/where/' });
});
afterAll(async () => {
  (stores.bucket as ReturnType<typeof s3Store>).close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['folder', 'bucket'] as const)('a store in a %s', (name) => {
  const store = () => stores[name]!;
  const put = async (bytes: Buffer): Promise<string> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = join(folder, sha256);
    await writeFile(path, bytes);
    await store().put(sha256, path);
    expect(existsSync(path)).toBe(false);
    return sha256;
  };
  const read = async (...[sha256, range]: Parameters<FileStore['open']>) => {
    const found = await store().open(sha256, range);
    return found && buffer(found);
  };

  // In S3 a part has at least 5 MB: the largest of these goes in three.
  it.each([1, 65_536, 11_000_001])('gives back what was put, %i bytes', async (size) => {
    const bytes = randomBytes(size);
    expect((await read(await put(bytes)))?.equals(bytes)).toBe(true);
  });

  it('gives a part of it, its last byte included', async () => {
    const bytes = randomBytes(1_000);
    const sha256 = await put(bytes);
    expect(await read(sha256, { start: 10, end: 19 })).toEqual(bytes.subarray(10, 20));
    expect(await read(sha256, { start: 999, end: 999 })).toEqual(bytes.subarray(999));
    expect(await read(sha256, { start: 0, end: 999 })).toEqual(bytes);
  });

  it('says that a file is not there', async () => {
    expect(await store().open('0'.repeat(64))).toBeUndefined();
    expect(await store().open('0'.repeat(64), { start: 0, end: 1 })).toBeUndefined();
  });

  it('takes a file twice, and removes it twice, without a word', async () => {
    const bytes = randomBytes(100);
    const sha256 = await put(bytes);
    await put(bytes);
    expect(await read(sha256)).toEqual(bytes);
    await store().remove(sha256);
    expect(await read(sha256)).toBeUndefined();
    await store().remove(sha256);
    await put(bytes);
    expect(await read(sha256)).toEqual(bytes);
  });

  it('lets go of one that is not read to its end', async () => {
    const sha256 = await put(randomBytes(3_000_000));
    const found = (await store().open(sha256))!;
    await new Promise((resolve) => found.once('data', resolve));
    found.destroy();
    expect(await read(sha256, { start: 1, end: 1 })).toHaveLength(1);
  });
});

describe('a bucket', () => {
  it('has its files under the prefix', () => {
    const names = readdirSync(join(folder, 'server', BUCKET), { recursive: true, encoding: 'utf8' });
    const objects = names.filter((name) => name.endsWith('_object'));
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.every((name) => /^some\/where\/[0-9a-f]{2}\/[0-9a-f]{64}\._S3rver_object$/.test(name))).toBe(true);
  });

  it('that does not let one in, or is not there, is an error and no missing file', async () => {
    const stranger = s3Store({ ...server.settings, prefix: '', accessKeyId: 'nobody' });
    await expect(stranger.open('0'.repeat(64))).rejects.toThrow(/access key id/i);
    stranger.close();
    const nowhere = s3Store({ ...server.settings, prefix: '', bucket: 'nowhere' });
    await expect(nowhere.open('0'.repeat(64))).rejects.toThrow(/bucket/i);
    nowhere.close();
  });
});
