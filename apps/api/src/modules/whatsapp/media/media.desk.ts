/** What a worker needs to move the files of its accounts. */
import { Places } from '../../cluster/places.js';
import type { MediaLibrary } from './files/library.js';

/** So many files are under way at once, of all accounts of a worker. */
const AT_ONCE = 6;

export interface MediaDesk {
  library: MediaLibrary;
  places: Places;
}

export const openMediaDesk = (library: MediaLibrary): MediaDesk => ({ library, places: new Places(AT_ONCE) });
