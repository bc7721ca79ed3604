/** One Baileys socket, made so that nothing of it leaves our hands: gate, Noise, containment, event filter, quick close. */
import type { Agent as HttpsAgent } from 'node:https';
import {
  DEFAULT_CONNECTION_CONFIG,
  makeWASocket,
  type AuthenticationCreds,
  type WASocket,
  type WAVersion,
  type proto,
  type UserFacingSocketConfig,
} from 'baileys';
import type { SessionJournal } from '../../../sessions/journal.js';
import type { Endpoint } from '../../engine.js';
import type { StanzaTrace } from '../../trace/stanza.trace.js';
import type { Line } from '../../line.js';
import { BROWSER } from '../browser.js';
import { quietLogger, type LogSentence } from '../quiet.logger.js';
import { openKeyStore } from '../records/key.store.js';
import type { Timing } from '../timing.js';
import { forBaileys, type SignalRepository } from '../signal/signal.repository.js';
import type { CollectionVersions } from '../chats/collection.versions.js';
import { contain, type Contained } from './contained.js';
import { filterEvents, type EventTaps } from './event.filter.js';
import { gateFrames } from './gate.js';
import { closeWithin, rawSocket, type RawSocket } from './raw.socket.js';
import { speakNoise } from './stream.js';

/**
 * None: our own patience watches over the handshake, and with one Baileys takes two stack traces and a timer for each frame
 * that it sends, a seventh of what a busy worker does.
 */
const NO_TIMEOUT = 0;
const CLOSE_PATIENCE_MS = 1_000;

export interface SocketParts {
  journal: SessionJournal;
  creds: AuthenticationCreds;
  signal: SignalRepository;
  versions: CollectionVersions;
  endpoint: Endpoint;
  line: Line | undefined;
  contained: Contained;
  taps: EventTaps;
  /** What was sent under an id, for the retries that Baileys answers itself (its own peer requests). */
  sentMessage(waId: string): Promise<proto.IMessage | undefined>;
  timing: Timing;
  log: LogSentence | undefined;
  trace: StanzaTrace | undefined;
}

/** Throws when the endpoint is no address. */
export function openSocket(parts: SocketParts): { socket: WASocket; raw: RawSocket } {
  const config = configOf(parts);
  const socket = makeWASocket(config);
  const raw = rawSocket(socket.ws);
  gateFrames(raw, parts.journal);
  speakNoise(socket, raw, {
    creds: parts.creds,
    client: { ...DEFAULT_CONNECTION_CONFIG, ...config },
    keepAliveMs: parts.timing.keepAliveMs,
    trace: parts.trace,
  });
  contain(socket.ws, parts.contained);
  filterEvents(socket.ev, parts.creds, parts.taps);
  // `end` waits for this; the library's own would wait 30 s for a peer that does not answer (S10).
  socket.ws.close = () => {
    // `end` has taken the news of the close from the queries that wait: they would keep the socket until they time out (S19).
    socket.ws.emit('error', new Error('the connection is over'));
    return closeWithin(raw, CLOSE_PATIENCE_MS);
  };
  return { socket, raw };
}

function configOf(parts: SocketParts): UserFacingSocketConfig {
  const { journal, creds, signal, versions, endpoint, line, sentMessage, timing, log } = parts;
  return {
    ...(endpoint.url ? { waWebSocketUrl: endpoint.url } : {}),
    ...(endpoint.version ? { version: parseVersion(endpoint.version) } : {}),
    ...(line ? by(line) : {}),
    browser: BROWSER,
    auth: { creds, keys: openKeyStore(journal, versions) },
    makeSignalRepository: () => forBaileys(signal),
    logger: quietLogger(log),
    connectTimeoutMs: NO_TIMEOUT,
    defaultQueryTimeoutMs: timing.queryMs,
    getMessage: async ({ id }) => (id ? sentMessage(id) : undefined),
    emitOwnEvents: false,
    syncFullHistory: false,
    enableAutoSessionRecreation: false,
    enableRecentMessageCache: false,
    fireInitQueries: false,
  };
}

/** The socket, uploads, and what Baileys fetches by itself: history and app state. */
const by = ({ agent, dispatcher }: Line): Partial<UserFacingSocketConfig> => ({
  agent: agent as HttpsAgent,
  fetchAgent: agent as HttpsAgent,
  options: { dispatcher } as RequestInit,
});

/** `2.3000.1027934701`. */
function parseVersion(version: string): WAVersion {
  const [primary, secondary, tertiary] = version.split('.').map(Number);
  if (!primary || secondary === undefined || !tertiary) throw new Error('a version has three numbers');
  return [primary, secondary, tertiary];
}
