import { join } from 'node:path';
import { startSandbox } from '@trunkline/sandbox';
import { readEnvironment } from './config/environment.ts';
import { reportReady } from './processes/child/supervisor-link.ts';

/**
 * The sandbox as a part of the product: its state in the data folder. The supervisor chooses token and ports for a sandbox
 * that is started again after a crash, so that those who knew the old one find the new one.
 */
export async function runSandbox(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { url, rootKey, control, token, media, close } = await startSandbox({
    dataDir: join(readEnvironment(env).DATA_DIR, 'sandbox'),
    port: Number(env.TRUNKLINE_SANDBOX_PORT ?? 0),
    controlPort: Number(env.TRUNKLINE_SANDBOX_CONTROL_PORT ?? 0),
    mediaPort: Number(env.TRUNKLINE_SANDBOX_MEDIA_PORT ?? 0),
    token: env.TRUNKLINE_SANDBOX_TOKEN,
  });
  process.once('SIGTERM', () => void close().finally(() => process.exit()));
  reportReady({ url, rootKey, control, token, media: { url: media.url, caFile: media.caFile } });
}
