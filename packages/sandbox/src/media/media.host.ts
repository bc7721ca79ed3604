/** The media hosts of a network, put together: what they have, who vouches for them, and the server. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../network/services.js';
import type { Store } from '../store/store.js';
import { certificateFor, loadAuthority } from './authority.js';
import { MediaServer, type MediaParts } from './media.server.js';
import { MediaShelf } from './media.shelf.js';

export interface MediaHost {
  shelf: MediaShelf;
  readonly url: string;
  /** PEM. */
  ca: string;
  /** Where it is written, for clients that take a file. */
  caFile: string;
  listen(parts: Omit<MediaParts, 'shelf'>, port: number, host: string): Promise<void>;
  close(): Promise<void>;
}

/** Without a folder the files go when it is closed. */
export function openMediaHost(store: Store, folder: string | undefined, clock: Clock): MediaHost {
  const own = folder ?? mkdtempSync(join(tmpdir(), 'sandbox-media-'));
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const authority = loadAuthority(store);
  const caFile = join(own, 'ca.pem');
  writeFileSync(caFile, authority.cert);
  const shelf = new MediaShelf(store, own, clock.now);
  let server: MediaServer | undefined;
  return {
    shelf,
    get url() {
      return shelf.origin;
    },
    ca: authority.cert,
    caFile,
    listen: async (parts, port, host) => {
      server = new MediaServer(
        { ...parts, shelf },
        certificateFor(authority, [...new Set([host, '127.0.0.1', 'localhost'])]),
      );
      await server.listen(port, host);
    },
    close: async () => {
      await server?.close();
      if (folder === undefined) rmSync(own, { recursive: true, force: true });
    },
  };
}
