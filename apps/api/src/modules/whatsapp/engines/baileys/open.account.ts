/** Opens the socket of an account, and puts together what works on it. */
import type { AuthenticationCreds } from 'baileys';
import type { PersonAddress } from '../../jid.js';
import type { SessionJournal } from '../../sessions/journal.js';
import type { Endpoint } from '../engine.js';
import type { StanzaTrace } from '../trace/stanza.trace.js';
import type { Line } from '../line.js';
import type { AccountContext } from './account.context.js';
import type { RawSocket } from './connection/raw.socket.js';
import { AppState } from './chats/app.state.js';
import { CollectionVersions } from './chats/collection.versions.js';
import { MarkIntake } from './chats/mark.intake.js';
import { openSocket } from './connection/socket.js';
import { WorkQueue } from './connection/work.queue.js';
import { Wire } from './connection/wire.js';
import { HistoryIntake } from './inbound/history.intake.js';
import { serveAccount, type LinkedAccount } from './linked.account.js';
import { AccountMedia } from './media/account.media.js';
import { readSent } from './outbound/sent.messages.js';
import { People } from './people.js';
import type { LogSentence } from './quiet.logger.js';
import type { LidPair } from './signal/lid.mapping.js';
import { openSignalRepository } from './signal/signal.repository.js';
import type { Timing } from './timing.js';

export interface Opening {
  journal: SessionJournal;
  creds: AuthenticationCreds;
  endpoint: Endpoint;
  line: Line | undefined;
  timing: Timing;
  log: LogSentence | undefined;
  trace: StanzaTrace | undefined;
  /** Aborted when the connection is over. */
  ended: AbortSignal;
  isOnline(): boolean;
  badFrame(): void;
  /** Something went wrong that ends nothing. */
  trouble(error: unknown): void;
}

export interface OpenAccount extends LinkedAccount {
  account: AccountContext;
  raw: RawSocket;
}

/** Throws when the endpoint is no address. */
export function openAccount(opening: Opening): OpenAccount {
  const { journal, creds, endpoint, line, timing, log, trace: tracing, ended, trouble, isOnline } = opening;
  const signal = openSignalRepository(journal, creds, (pairs) =>
    journal.emit({ type: 'people', people: pairs as (LidPair & PersonAddress)[] }),
  );
  // The socket hands history over by itself, and never before it is open.
  const queue = new WorkQueue(trouble);
  const history = new HistoryIntake(
    () => account,
    queue,
    () => served.blocklist.read(),
  );
  const marks = new MarkIntake(() => account, queue);
  // Behind what Baileys tells in the turn in which it has written a version down.
  const versions = new CollectionVersions(journal, () => setImmediate(() => queue.run(() => versions.release())));
  const { socket, raw } = openSocket({
    journal,
    creds,
    signal,
    endpoint,
    line,
    timing,
    log,
    trace: tracing,
    versions,
    taps: {
      history: (set) => history.history(set),
      resent: (messages) => history.resent(messages),
      chats: (updates) => marks.chats(updates),
      messages: (updates) => marks.messages(updates),
    },
    contained: { badFrame: opening.badFrame, failed: (_event, error) => trouble(error) },
    sentMessage: async (waId) => (await readSent(journal, waId))?.message,
  });
  const wire = new Wire(socket, ended, timing.queryMs);
  const account: AccountContext = { journal, creds, signal, socket, wire, people: new People(signal.mapping, creds) };
  const mediaLine = { agent: opening.line?.agent, ca: endpoint.mediaCa };
  const media = new AccountMedia(account, mediaLine, ended, timing.phoneMs);
  const appState = new AppState(account, versions, queue);
  const served = serveAccount({ account, history, media, appState, line: mediaLine, ended, isOnline, failed: trouble });
  return { account, raw, ...served };
}
