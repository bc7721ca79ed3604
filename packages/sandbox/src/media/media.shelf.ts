/**
 * What the network has in its media hosts: files by direct path. A path is good for thirty days and then gone, and so is
 * what was taken away by hand; a phone that still has the file can put it there anew under another path.
 */
import { randomBytes } from 'node:crypto';
import { Records } from '../store/records.js';
import type { Store } from '../store/store.js';
import { MediaFiles, type StoredFile } from './media.files.js';

const KEPT_MS = 30 * 24 * 3600 * 1000;
const AUTH_MS = 3600 * 1000;

interface Shelved extends StoredFile {
  until: number;
}

export class MediaShelf {
  /** `https://host:port` once the media host listens. */
  origin = '';
  readonly files: MediaFiles;
  private readonly shelved: Records<Shelved>;
  /** Who may upload, by the word that `media_conn` gave; gone with the process, so clients have to ask anew. */
  private readonly auths = new Map<string, { account: string; until: number }>();

  constructor(
    store: Store,
    folder: string,
    private readonly now: () => number,
  ) {
    this.files = new MediaFiles(folder);
    this.shelved = new Records(store, 'media.shelf');
  }

  admit(account: string): { auth: string; ttl: number } {
    for (const [auth, { until }] of this.auths) if (until < this.now()) this.auths.delete(auth);
    const auth = randomBytes(24).toString('base64url');
    this.auths.set(auth, { account, until: this.now() + AUTH_MS });
    return { auth, ttl: AUTH_MS / 1000 };
  }

  accountOf(auth: string | null): string | undefined {
    const known = this.auths.get(auth ?? '');
    return known && known.until >= this.now() ? known.account : undefined;
  }

  /** Where it can be fetched from now on. */
  publish(file: StoredFile): { url: string; directPath: string } {
    const id = randomBytes(12).toString('base64url');
    const until = this.now() + KEPT_MS;
    this.shelved.put(id, { ...file, until });
    const directPath = `/v/t62.sandbox/${id}?oe=${Math.floor(until / 1000).toString(16)}`;
    return { url: `${this.origin}${directPath}`, directPath };
  }

  find(directPath: string): StoredFile | 'unknown' | 'gone' {
    const id = /^\/v\/t62\.sandbox\/([\w-]+)/.exec(directPath)?.[1];
    const found = id === undefined ? undefined : this.shelved.get(id);
    if (!found) return 'unknown';
    return found.until < this.now() ? 'gone' : found;
  }

  /** Everything that lies there now is gone. Returns how much that was. */
  lose(): number {
    const present = this.shelved.entries().filter(([, { until }]) => until >= this.now());
    for (const [id, file] of present) this.shelved.put(id, { ...file, until: 0 });
    return present.length;
  }
}
