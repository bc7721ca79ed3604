import { join } from 'node:path';
import type { Environment } from '../../../config/environment.ts';
import { diskStore } from './files/disk.store.js';
import type { FileStore } from './files/file.store.js';
import { s3Store } from './files/s3.store.js';

const MEGABYTE = 1024 * 1024;

export interface MediaSettings {
  /** Bytes; nothing longer is taken, from people or from WhatsApp. */
  mostBytes: number;
  /** Days; 0 keeps for ever. */
  keepDays: number;
  /** Bytes of all files; 0 sets no bound. */
  quotaBytes: number;
  spoolFolder: string;
  store: FileStore;
}

type Values = Pick<Environment, 'DATA_DIR' | 'MEDIA_MAX_MB' | 'MEDIA_KEEP_DAYS' | 'MEDIA_QUOTA_MB'> & S3Values;
type S3Values = Pick<
  Environment,
  'S3_BUCKET' | 'S3_REGION' | 'S3_ENDPOINT' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY' | 'S3_PREFIX'
>;

/** Files lie in the data folder, or in a bucket; on their way in they lie in the data folder in any case. */
export function mediaSettings(values: Values): MediaSettings {
  const folder = join(values.DATA_DIR, 'media');
  return {
    mostBytes: values.MEDIA_MAX_MB * MEGABYTE,
    keepDays: values.MEDIA_KEEP_DAYS,
    quotaBytes: values.MEDIA_QUOTA_MB * MEGABYTE,
    spoolFolder: join(folder, 'incoming'),
    store: bucketOf(values) ?? diskStore(folder),
  };
}

function bucketOf(values: S3Values): FileStore | undefined {
  const { S3_BUCKET, S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = values;
  if (S3_BUCKET === undefined || S3_ACCESS_KEY_ID === undefined || S3_SECRET_ACCESS_KEY === undefined) return undefined;
  return s3Store({
    bucket: S3_BUCKET,
    region: values.S3_REGION,
    ...(S3_ENDPOINT === undefined ? {} : { endpoint: S3_ENDPOINT }),
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    prefix: values.S3_PREFIX,
  });
}
