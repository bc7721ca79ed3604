/** A WhatsApp network on one machine: the whole of it, started. */
import { Faults } from '../faults/faults.js';
import { openMediaHost, type MediaHost } from '../media/media.host.js';
import type { MediaShelf } from '../media/media.shelf.js';
import { openStore, type Store } from '../store/store.js';
import { Acquaintances } from './acquaintances.js';
import { AppState } from './app.state.js';
import { Blocklists } from './blocklists.js';
import { Captures, type CaptureListener } from './capture.js';
import { Channels } from './channels.js';
import { Connections } from './connections.js';
import { Counts } from './counts.js';
import type { SandboxNetwork } from './device.js';
import { Directory } from './directory.js';
import { GroupChanges } from './group.changes.js';
import { Groups } from './groups.js';
import { Pairings } from './pairings.js';
import { Pictures } from './pictures.js';
import { PostOffice } from './post.office.js';
import { PreKeyShelf } from './prekeys.js';
import { Presences } from './presences.js';
import { SocketServer, type Where } from './server.js';
import { tellLimit, type LimitTold } from './limit.notices.js';
import { loadServerIdentity } from './server.identity.js';
import type { Clock, Services } from './services.js';
import { sendDirty, type DirtyKind } from './session.notes.js';
import { switchboard } from './switchboard.js';

export interface NetworkOptions {
  /** Loopback, unless somebody says otherwise. */
  host?: string;
  /** 0 for a free one. */
  port?: number;
  /** Where the state is kept; without it, and without a store, all is lost with the process. */
  dataDir?: string;
  /** A store that others use, too. It is theirs to close. */
  store?: Store;
  clock?: Clock;
  faults?: Faults;
  /** Of the media host; 0 for a free one. */
  mediaPort?: number;
  /** Where its files lie; without it in a folder that goes with the network. */
  mediaDir?: string;
  /** Speaks `wss:` with this certificate. */
  tls?: Where['tls'];
}

export interface Network extends SandboxNetwork {
  /** `ws://127.0.0.1:PORT/ws/chat`, or `wss:`. */
  readonly url: string;
  /** The public key that clients have to trust: raw 32 bytes, the same over restarts. */
  readonly rootKey: Uint8Array;
  readonly faults: Faults;
  readonly store: Store;
  /** `https://127.0.0.1:PORT`, and the certificate of the authority that it goes by (PEM; also as a file). */
  readonly mediaHost: Pick<MediaHost, 'url' | 'ca' | 'caFile'>;
  /** Every node in both directions, after decryption. Returns the way to stop. */
  capture(listener: CaptureListener): () => void;
  /** Cuts the connections of one number, or of all, without a word. Returns how many there were. */
  dropConnections(pn?: string): number;
  /** How many sockets are open, by number if one is given. */
  connections(pn?: string): number;
  /** `false`: connections are refused by the system until it listens again, on the same port. */
  setListening(listening: boolean): Promise<void>;
  /** Tells the connected companions of a number that something changed behind their back (protocol.md B.5). */
  sendDirty(pn: string, kind: DirtyKind): void;
  /** WhatsApp tells the companions of a number of a limit, or that it is over. */
  tellLimit(pn: string, told: LimitTold): void;
  close(): Promise<void>;
}

export async function startNetwork(options: NetworkOptions = {}): Promise<Network> {
  const store = options.store ?? openStore(options.dataDir);
  const { host = '127.0.0.1', port = 0, mediaPort = 0, mediaDir, tls, clock = { now: Date.now } } = options;
  const media = openMediaHost(store, mediaDir, clock);
  const services = createServices(store, media.shelf, clock, options.faults);
  await media.listen(services, mediaPort, host);
  const server = new SocketServer(services, { host, port, tls });
  await server.listen();
  const drop = (pn?: string): number => {
    const concerned = services.connections.all().filter((each) => pn === undefined || each.account === pn);
    for (const each of concerned) each.reset();
    return concerned.length;
  };
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    server.stop();
    drop();
    await Promise.all([server.ended(), services.connections.whenEmpty(), media.close()]);
    if (!options.store) store.close();
  };
  return {
    ...switchboard(services),
    url: server.url,
    rootKey: services.identity.root.publicKey,
    faults: services.faults,
    store,
    mediaHost: { url: media.shelf.origin, ca: media.ca, caFile: media.caFile },
    capture: (listener) => services.captures.listen(listener),
    dropConnections: drop,
    connections: (pn) => services.connections.all().filter((each) => pn === undefined || each.account === pn).length,
    setListening: async (listening) => (listening ? server.listen() : server.stop()),
    sendDirty: (pn, kind) => sendDirty(services, pn, kind),
    tellLimit: (pn, told) => tellLimit(services, pn, told),
    close: () => (closing ??= close()),
  };
}

function createServices(store: Store, media: MediaShelf, clock: Clock, faults = new Faults()): Services {
  const directory = new Directory(store);
  const groups = new Groups(store);
  const office = new PostOffice(store);
  const services = {
    clock,
    store,
    identity: loadServerIdentity(store),
    faults,
    counts: new Counts(),
    captures: new Captures(),
    directory,
    prekeys: new PreKeyShelf(store),
    office,
    groups,
    channels: new Channels({ store, clock, office, directory }),
    acquaintances: new Acquaintances(store, directory, groups),
    appState: new AppState(store),
    blocklists: new Blocklists(store),
    pairings: new Pairings(),
    pictures: new Pictures(store, media),
    presences: new Presences(office, clock),
    connections: new Connections(),
    media,
  };
  return { ...services, groupChanges: new GroupChanges(services) };
}
