import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../database/database.js';
import { diskStore } from '../modules/whatsapp/media/files/disk.store.js';
import { MediaLibrary } from '../modules/whatsapp/media/files/library.js';
import type { MediaSettings } from '../modules/whatsapp/media/media.settings.js';

const specSettings = (folder: string, more: Partial<MediaSettings> = {}): MediaSettings => ({
  mostBytes: 10_000_000,
  keepDays: 0,
  quotaBytes: 0,
  spoolFolder: join(folder, 'incoming'),
  store: diskStore(folder),
  ...more,
});

let ours: string | undefined;

/** Of this process, and goes with it: one listener, however many libraries its specs open. */
function folderOfProcess(): string {
  if (ours) return ours;
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-media-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return (ours = folder);
}

/** A library in a folder of its own, which goes with the process. */
export function specLibrary(store: Pick<Store, 'pool'>, more: Partial<MediaSettings> = {}): MediaLibrary {
  return new MediaLibrary(store, specSettings(mkdtempSync(join(folderOfProcess(), 'library-')), more));
}
