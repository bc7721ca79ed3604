/** A whole sandbox in this process: the network, everybody who lives in it, and the API that controls both. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createControlServer } from './control/server.js';
import { createVerbs } from './control/verbs.js';
import type { CaptureListener } from './network/capture.js';
import { startNetwork } from './network/network.js';
import { Population } from './people/population.js';
import { openStore } from './store/store.js';

export interface SandboxOptions {
  /** Loopback unless said otherwise; both servers listen there. */
  host?: string;
  /** Of the WhatsApp side; 0, the default, takes any free one. */
  port?: number;
  controlPort?: number;
  /** Of the media host. */
  mediaPort?: number;
  /** Where everything is kept. Without it the sandbox forgets all when it is closed. */
  dataDir?: string;
  /** The bearer token of the control API; random when left out. */
  token?: string;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface Sandbox {
  /** For clients: `ws://127.0.0.1:PORT/ws/chat`. */
  url: string;
  /** The public root key that signs the network's certificates, hex. */
  rootKey: string;
  /** The base URL of the control API. */
  control: string;
  token: string;
  /** Where media are: `https://127.0.0.1:PORT`, to be trusted by this certificate (PEM), which lies in this file, too. */
  media: { url: string; ca: string; caFile: string };
  /** Hears every node of every client, decrypted, in the order of the wire. Returns the way to stop. */
  capture(listener: CaptureListener): () => void;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    host = HOST,
    port = 0,
    controlPort = 0,
    mediaPort = 0,
    dataDir,
    token = randomBytes(24).toString('base64url'),
  } = options;
  const { now = Date.now } = options;
  const store = openStore(dataDir);
  const mediaDir = dataDir && join(dataDir, 'media');
  const where = { host, port, mediaPort, ...(mediaDir !== undefined && { mediaDir }) };
  const network = await startNetwork({ ...where, store, clock: { now } });
  const population = await Population.open(store, network, now);
  const rootKey = Buffer.from(network.rootKey).toString('hex');
  const verbs = createVerbs({ population, network, now });
  const server = createControlServer(verbs, token);
  const control = await listen(server, host, controlPort);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    // Clients first: a pairing that waits for one would wait for ever.
    const deaf = network.setListening(false);
    network.dropConnections();
    await deaf;
    await population.close();
    await network.close();
    store.close();
  };
  const { url, capture, mediaHost: media } = network;
  return { url, rootKey, control, token, media, capture, close };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening');
  const { address, port: bound, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}
