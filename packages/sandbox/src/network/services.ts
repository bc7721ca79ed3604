import type { Faults } from '../faults/faults.js';
import type { ServerIdentity } from '../protocol/certificate.js';
import type { MediaShelf } from '../media/media.shelf.js';
import type { Store } from '../store/store.js';
import type { Acquaintances } from './acquaintances.js';
import type { AppState } from './app.state.js';
import type { Blocklists } from './blocklists.js';
import type { Captures } from './capture.js';
import type { Channels } from './channels.js';
import type { Connections } from './connections.js';
import type { Counts } from './counts.js';
import type { Directory } from './directory.js';
import type { GroupChanges } from './group.changes.js';
import type { Groups } from './groups.js';
import type { Pairings } from './pairings.js';
import type { Pictures } from './pictures.js';
import type { PostOffice } from './post.office.js';
import type { PreKeyShelf } from './prekeys.js';
import type { Presences } from './presences.js';

/** Milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** What the parts of one network share. Each part takes the few that it uses. */
export interface Services {
  clock: Clock;
  store: Store;
  identity: ServerIdentity;
  faults: Faults;
  counts: Counts;
  captures: Captures;
  directory: Directory;
  prekeys: PreKeyShelf;
  office: PostOffice;
  groups: Groups;
  groupChanges: GroupChanges;
  channels: Channels;
  acquaintances: Acquaintances;
  appState: AppState;
  blocklists: Blocklists;
  pairings: Pairings;
  pictures: Pictures;
  presences: Presences;
  connections: Connections;
  media: MediaShelf;
}

export function seconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
