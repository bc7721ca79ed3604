/** A server that speaks S3, with one bucket in a folder, on a free port of this machine. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import S3rver from 's3rver';
import type { S3Settings } from '../modules/whatsapp/media/files/s3.store.js';

export const BUCKET = 'trunkline';
/** The only account that it knows. */
const KEY = 'S3RVER';

export interface BucketServer {
  settings: Omit<S3Settings, 'prefix'>;
  close(): Promise<void>;
}

export async function startBucket(directory: string): Promise<BucketServer> {
  const rver = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  await rver.configureBuckets();
  const server: Server = await rver.listen(0, '127.0.0.1');
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      bucket: BUCKET,
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      accessKeyId: KEY,
      secretAccessKey: KEY,
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
