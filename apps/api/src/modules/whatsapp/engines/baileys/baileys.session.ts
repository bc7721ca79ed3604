/**
 * One connection of one account, from `connect` to `closed`. It ends once, with one reason; whatever ends it first says
 * which. When `closed` is told, the socket is shut and nothing of it runs any more.
 */
import { initAuthCreds, type ConnectionState } from 'baileys';
import type { PhoneDigits } from '../../jid.js';
import { systemClock } from '../../../../clock/clock.js';
import type { SessionJournal } from '../../sessions/journal.js';
import type {
  EngineSession,
  GroupCapability,
  Identity,
  OutboundMessage,
  PresenceCapability,
  CallCapability,
  SendResult,
  SessionStart,
} from '../engine.js';
import type { ChatCapability } from '../chats.js';
import type { MediaCapability } from '../media.js';
import type { ProfileCapability } from '../profile.js';
import type { AccountContext } from './account.context.js';
import { guardJournal } from './connection/guarded.journal.js';
import { readCapping, readTimeLock } from './inbound/limits.js';
import { Patience } from './connection/patience.js';
import { closeWithin } from './connection/raw.socket.js';
import { hearStanzas } from './connection/incoming.stanza.js';
import { watchUpgrade } from './connection/upgrade.js';
import { isPong, SERVER } from './connection/wire.js';
import { openAccount, type OpenAccount } from './open.account.js';
import { findIdentity, identityOf } from './own.identity.js';
import { ownNewNumber } from './inbound/number.change.js';
import { PASSKEY_NOTICES, Pairing } from './pairing/pairing.js';
import type { LogSentence } from './quiet.logger.js';
import { closingOf, type Closing } from './reasons.js';
import { prekeysLeft } from './login/login.js';
import { isLinked, writeCreds } from './records/creds.js';
import { readStoredCreds } from './records/stored.creds.js';
import type { Timing } from './timing.js';

const LOGOUT_PATIENCE_MS = 5_000;
const CLOSE_PATIENCE_MS = 2_000;
/** As Baileys has it: so many are left, and it makes new ones. */
const FEW_PREKEYS = 5;

export class BaileysSession implements EngineSession {
  readonly groups: GroupCapability;
  readonly presence: PresenceCapability;
  readonly calls: CallCapability;
  readonly media: MediaCapability;
  readonly chats: ChatCapability;
  readonly profile: ProfileCapability;
  private readonly ended = new AbortController();
  private readonly closed: Promise<void>;
  private readonly journal: SessionJournal;
  private readonly patience: Patience;
  private resolveClosed = (): void => undefined;
  private started = false;
  private ending: Closing | undefined;
  private isOpen = false;
  private isOnline = false;
  private live: OpenAccount | undefined;
  private told: string | undefined;
  private newNumber: PhoneDigits | undefined;
  private heardAt = -Infinity;

  constructor(
    private readonly start: SessionStart,
    private readonly timing: Timing,
    private readonly log: LogSentence | undefined,
  ) {
    this.journal = guardJournal(start.journal, () => this.end(UNREADABLE));
    this.patience = new Patience(timing, (closing) => this.end(closing));
    this.closed = new Promise((resolve) => (this.resolveClosed = resolve));
    this.calls = { reject: (callId, from) => this.open().calls.reject(callId, from) };
    this.presence = {
      show: (chat, doing) => this.open().presence.show(chat, doing),
      read: (chat, messages) => this.open().presence.read(chat, messages),
      watch: (person) => this.open().presence.watch(person),
    };
    this.chats = {
      mark: async (...what) => this.online?.chats.mark(...what) ?? OFFLINE,
      star: async (...what) => this.online?.chats.star(...what) ?? OFFLINE,
      block: async (...what) => this.online?.chats.block(...what) ?? OFFLINE,
      setTimer: async (...what) => this.online?.chats.setTimer(...what) ?? OFFLINE,
      older: async (...what) => this.online?.chats.older(...what) ?? OFFLINE,
    };
    this.profile = {
      setName: async (name) => this.online?.profile.setName(name) ?? OFFLINE,
      setAbout: async (about) => this.online?.profile.setAbout(about) ?? OFFLINE,
      setPicture: async (...picture) => this.online?.profile.setPicture(...picture) ?? OFFLINE,
      about: async (of) => this.online?.profile.about(of) ?? OFFLINE,
      picture: async (...of) => this.online?.profile.picture(...of) ?? OFFLINE,
    };
    this.groups = {
      list: () => this.open().groups.list(),
      read: (group) => this.open().groups.read(group),
    };
    this.media = {
      upload: async (...file) => this.online?.media.upload(...file) ?? OFFLINE,
      download: async (...file) => this.online?.media.download(...file) ?? OFFLINE,
      askAgain: async (...message) => this.online?.media.askAgain(...message) ?? OFFLINE,
    };
  }

  connect(): void {
    if (this.started) return;
    this.started = true;
    this.journal.emit({ type: 'connecting' });
    this.run().catch((error: unknown) => this.end(openingFailure(error)));
  }

  async disconnect(): Promise<void> {
    if (!this.started) return;
    this.end({ reason: 'none', code: null, detail: 'disconnected' });
    await this.closed;
  }

  async logout(): Promise<void> {
    const jid = this.live?.account.creds.me?.id;
    const ending: Closing = { reason: 'logged_out', code: null, detail: 'logged out' };
    // The server ends the stream as it does for an unlinked device; from here on it is ours (protocol.md S14).
    if (!this.ending) this.ending = ending;
    if (jid && this.isOpen && !this.ended.signal.aborted) {
      const device = { tag: 'remove-companion-device', attrs: { jid, reason: 'user_initiated' } };
      const attrs = { to: SERVER, type: 'set', xmlns: 'md' };
      await this.live?.account.wire.ask({ tag: 'iq', attrs, content: [device] }, LOGOUT_PATIENCE_MS);
    }
    if (!this.started) return;
    this.end(ending);
    await this.closed;
  }

  async identity(): Promise<Identity | undefined> {
    if (!this.live) return undefined;
    return this.isOpen ? findIdentity(this.live.account) : identityOf(this.live.account.creds);
  }

  silentMs(): number {
    return systemClock.elapsed() - this.heardAt;
  }

  async probe(timeoutMs: number): Promise<boolean> {
    if (!this.live || !this.isOpen) return this.ended.signal.aborted && this.over();
    // Not a ping: a connection that answers those and nothing else is dead, too. An error is an answer.
    const attrs = { to: SERVER, type: 'get', xmlns: 'encrypt' };
    const answer = await this.live.account.wire.ask(
      { tag: 'iq', attrs, content: [{ tag: 'count', attrs: {} }] },
      timeoutMs,
    );
    if (!answer.ok && answer.failure === 'closed') return this.over();
    if (answer.ok && (prekeysLeft(answer.node) ?? Infinity) <= FEW_PREKEYS)
      void this.live.account.socket.uploadPreKeysToServerIfRequired();
    return answer.ok || answer.failure === 'refused';
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    if (!this.live || !this.isOpen)
      return { ok: false, code: 'not_connected', detail: 'the account is not connected', certain: true };
    return this.live.relay.send(message);
  }

  private get online(): OpenAccount | undefined {
    return this.isOpen ? this.live : undefined;
  }

  /** A connection that closed was not silent: its end says what ended it. */
  private async over(): Promise<false> {
    this.end({ reason: 'connection_closed', code: null, detail: 'the connection closed' });
    await this.closed;
    return false;
  }

  private open(): OpenAccount {
    if (!this.live || !this.isOpen) throw new Error('the account is not connected');
    return this.live;
  }

  private async run(): Promise<void> {
    const { journal } = this;
    const creds = this.start.linked ? await readStoredCreds(journal) : initAuthCreds();
    if ('reason' in creds) return this.end(creds);
    if (this.ended.signal.aborted) return;
    this.patience.start();
    this.live = openAccount({
      journal,
      creds,
      endpoint: this.start.endpoint,
      line: this.start.line,
      timing: this.timing,
      log: this.log,
      trace: this.start.trace,
      ended: this.ended.signal,
      isOnline: () => this.isOnline,
      badFrame: () => this.end({ reason: 'bad_frame', code: null, detail: 'a frame could not be opened' }),
      trouble: (error) => this.trouble(error),
    });
    this.listen(this.live.account);
  }

  private listen(account: AccountContext): void {
    const { socket, wire, creds } = account;
    const pairing = new Pairing(account, this.start.pairByCode, (closing) => this.end(closing));
    if (this.start.trace) hearStanzas(socket.ws, this.start.trace);
    watchUpgrade(socket.ws, (closing) => this.end(closing));
    wire.onAny((stanza) => {
      if (!isPong(stanza)) this.heardAt = systemClock.elapsed();
    });
    socket.ws.prependListener('CB:iq,type:set,pair-device', (stanza) => {
      this.patience.spoken();
      pairing.offered(stanza);
    });
    for (const type of PASSKEY_NOTICES) wire.on(`CB:notification,type:${type}`, () => pairing.passkeyWanted());
    wire.on('CB:notification,type:contacts', (notice) => (this.newNumber ??= ownNewNumber(notice, account.people)));
    wire.on('CB:success', () => this.patience.loggingIn());
    wire.on('CB:iq,type:error', (stanza) => {
      if (!this.start.linked && !isLinked(creds)) pairing.refused(stanza);
    });
    socket.ev.on('creds.update', () => this.credsChanged(account));
    socket.ev.on('message-capping.update', (cap) => this.limited(readCapping(cap)));
    socket.ev.on('connection.update', (update) => void this.updated(update, pairing).catch((e) => this.trouble(e)));
  }

  private credsChanged({ journal, creds }: AccountContext): void {
    writeCreds(journal, creds);
    if (!this.start.linked && this.told === undefined && isLinked(creds)) this.tell('linked');
    else if (this.isOpen) this.tell('identity');
  }

  private async updated(update: Partial<ConnectionState>, pairing: Pairing): Promise<void> {
    if (update.isOnline !== undefined) this.isOnline = update.isOnline;
    this.limited(readTimeLock(update.reachoutTimeLock));
    if (update.qr) await pairing.qr(update.qr);
    if (update.connection === 'open') this.opened();
    if (update.connection === 'close') this.end(this.closingFrom(update.lastDisconnect?.error));
  }

  /** Baileys takes queries that failed for answered, and says of a connection that is closing that it is open now. */
  private opened(): void {
    if (this.live?.account.wire.isClosed) return;
    this.patience.stop();
    this.isOpen = true;
    this.journal.emit({ type: 'open' });
    this.tell('identity');
  }

  private limited(limit: ReturnType<typeof readTimeLock>): void {
    if (limit) this.journal.emit(limit);
  }

  /** Once for each change of what is known. */
  private tell(type: 'linked' | 'identity'): void {
    const identity = this.live && identityOf(this.live.account.creds);
    const now = JSON.stringify(identity);
    if (!identity || now === this.told) return;
    this.told = now;
    this.journal.emit({ type, identity });
  }

  private closingFrom(error: (Error & { output?: { statusCode?: number }; data?: unknown }) | undefined): Closing {
    const closing = closingOf({
      code: error?.output?.statusCode ?? null,
      message: error?.message ?? 'the connection closed',
      data: error?.data,
      linking: !this.start.linked,
    });
    // A phone that changes its number unlinks its devices, and tells them why before.
    return closing.reason === 'unlinked' && this.newNumber ? { ...closing, reason: 'number_changed' } : closing;
  }

  /** The first reason counts. */
  private end(closing: Closing): void {
    this.ending ??= closing;
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    this.isOpen = false;
    this.patience.stop();
    void this.shut().finally(() => this.finished());
  }

  private async shut(): Promise<void> {
    if (!this.live) return;
    const { account, raw } = this.live;
    await Promise.allSettled([account.socket.end(undefined), closeWithin(raw, CLOSE_PATIENCE_MS)]);
  }

  private finished(): void {
    const closing = this.ending ?? { reason: 'connection_closed', code: null, detail: 'closed' };
    try {
      this.journal.emit({ type: 'closed', ...closing });
    } catch (error) {
      // Who opens the next session waits for the end of this one, whatever becomes of the news.
      this.log?.('error', `engine: ${kindOf(error)} when its end was told`);
    }
    this.resolveClosed();
  }

  /** Something went wrong that ends nothing; what it was may hold secrets, so only its kind is told. */
  private trouble(error: unknown): void {
    if (this.ended.signal.aborted) return;
    this.log?.('warn', `engine: ${kindOf(error)} in a listener`);
  }
}

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : 'failure');

const OFFLINE = { ok: false, code: 'not_connected', detail: 'the account is not connected' } as const;

const UNREADABLE: Closing = { reason: 'connection_lost', code: null, detail: 'the records could not be read' };

const openingFailure = (error: unknown): Closing => ({
  reason: 'network_unreachable',
  code: null,
  detail: error instanceof Error ? error.message : 'the connection could not be opened',
});
