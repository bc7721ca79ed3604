/**
 * The sandbox alone: prints one line of JSON that says where it is, and stays until it is told to go.
 *
 *   --host 127.0.0.1 --port 0 --control-port 0 --media-port 0   where to listen; 0 takes any free port
 *   --data DIR                                   keeps everything there; without it, it is gone at the end
 *   --parent-pipe                                ends when stdin, or the IPC channel to a parent, closes
 *   Media are at `media.url`, by https: a foreign client trusts `media.ca`, as NODE_EXTRA_CA_CERTS=<media.caFile> does.
 *   SANDBOX_TOKEN                                the bearer token of the control API; made up when it is not set
 */
import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.js';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    'media-port': { type: 'string', default: '0' },
    data: { type: 'string' },
    'parent-pipe': { type: 'boolean', default: false },
  },
});

function portOf(option: 'port' | 'control-port' | 'media-port'): number {
  const port = Number(values[option]);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`--${option} must be a port from 0 to 65535, not ${values[option]}`);
}

const sandbox = await startSandbox({
  host: values.host,
  port: portOf('port'),
  controlPort: portOf('control-port'),
  mediaPort: portOf('media-port'),
  ...(values.data !== undefined && { dataDir: values.data }),
  ...(process.env.SANDBOX_TOKEN && { token: process.env.SANDBOX_TOKEN }),
});

let ending: Promise<void> | undefined;
const end = () => (ending ??= sandbox.close().then(() => process.exit(0)));
process.once('SIGTERM', end);
process.once('SIGINT', end);
if (values['parent-pipe']) {
  process.once('disconnect', end);
  process.stdin.once('end', end).once('error', end).resume();
}

const { url, rootKey, control, token, media } = sandbox;
process.stdout.write(`${JSON.stringify({ url, rootKey, control, token, media })}\n`);
