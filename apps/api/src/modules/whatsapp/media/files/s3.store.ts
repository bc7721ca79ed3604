import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { FileStore } from './file.store.js';

export interface S3Settings {
  bucket: string;
  region: string;
  /** Of a server that is not Amazon's. */
  endpoint?: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Before each name, as `trunkline/`. */
  prefix: string;
}

/**
 * Files in a bucket. Long ones go in parts, so that neither side holds one whole. The library is loaded by the first file:
 * hardly any installation has a bucket, and every process would pay for it at its start.
 */
export function s3Store(settings: S3Settings): FileStore & { close(): void } {
  const { bucket: Bucket, region, endpoint, accessKeyId, secretAccessKey, prefix } = settings;
  let client: S3Client | undefined;
  const load = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    client ??= new sdk.S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
      // Servers that are not Amazon's store the trailers of the newer checksums as if they were content.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return { ...sdk, client };
  };
  const keyOf = (sha256: string): string => `${prefix}${sha256.slice(0, 2)}/${sha256}`;
  return {
    async put(sha256, path) {
      const [{ client }, { Upload }] = await Promise.all([load(), import('@aws-sdk/lib-storage')]);
      const params = { Bucket, Key: keyOf(sha256), Body: createReadStream(path) };
      await new Upload({ client, params, queueSize: 2 }).done();
      await rm(path, { force: true });
    },
    async open(sha256, range) {
      const { client, GetObjectCommand, NoSuchKey } = await load();
      const Range = range && `bytes=${range.start}-${range.end}`;
      const found = await client
        .send(new GetObjectCommand({ Bucket, Key: keyOf(sha256), ...(Range && { Range }) }))
        .catch((error: unknown) => {
          if (error instanceof NoSuchKey) return undefined;
          throw error;
        });
      return found?.Body as Readable | undefined;
    },
    async remove(sha256) {
      const { client, DeleteObjectCommand } = await load();
      await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(sha256) }));
    },
    close: () => client?.destroy(),
  };
}
