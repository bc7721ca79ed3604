import type { Verdict } from '../accounts/supervisor/parts.js';
import type { Reason } from '@trunkline/contracts';
import type {
  Doing,
  Engine,
  EngineEvent,
  EngineSession,
  GroupCapability,
  Identity,
  OutboundMessage,
  SendResult,
  SessionStart,
} from '../engines/engine.js';
import { type LidUser, type PhoneDigits, phoneDigits } from '../jid.js';

/**
 * An engine without a network, for specs of what runs engines: it obeys the port (keys and events through the journal,
 * frames through the gate), shows a QR when it is to link, logs in at once when it is linked, and otherwise does what the
 * spec tells each of its sessions to.
 */
export class ScriptedEngine implements Engine {
  readonly name = 'scripted';
  readonly version = '2.3000.1';
  readonly capabilities = new Set(['pairing-code', 'groups'] as const);
  readonly sessions: ScriptedSession[] = [];
  /** Called at `connect`; replaces what a session does by itself. */
  onConnect: ((session: ScriptedSession) => void) | undefined;
  /** What linked accounts answer to `probe`. */
  answers = true;
  /** What its sessions can tell of groups; undefined: nothing. */
  groups: GroupCapability | undefined;
  /** Whether the server answers a device that leaves; what waits for it waits as long as it is let. */
  takesLeave = true;

  open(start: SessionStart): EngineSession {
    const session = new ScriptedSession(start, this);
    this.sessions.push(session);
    return session;
  }

  /** The sessions of one account, oldest first. */
  of(accountId: string): ScriptedSession[] {
    return this.sessions.filter(({ start }) => start.accountId === accountId);
  }

  live(accountId: string): ScriptedSession | undefined {
    return this.of(accountId).findLast(({ state }) => state === 'live');
  }
}

export class ScriptedSession implements EngineSession {
  state: 'made' | 'live' | 'disconnected' | 'logged out' | 'closed' = 'made';
  /** What it showed in chats, in order. */
  readonly shown: Doing[] = [];
  readonly presence = {
    show: async (_chat: unknown, doing: Doing) => void this.shown.push(doing),
    read: async () => undefined,
    watch: async () => undefined,
  };
  /** What left the socket, in order. */
  readonly frames: string[] = [];
  known: Identity | undefined;
  private isOpen = false;

  constructor(
    readonly start: SessionStart,
    private readonly engine: ScriptedEngine,
  ) {}

  get groups(): GroupCapability | undefined {
    return this.engine.groups;
  }

  connect(): void {
    this.state = 'live';
    this.emit({ type: 'connecting' });
    if (this.engine.onConnect) return this.engine.onConnect(this);
    if (this.start.linked) void this.login();
    else this.showCode();
  }

  async login(): Promise<void> {
    const creds = (await this.start.journal.get('creds', ['creds'])).get('creds');
    if (this.state !== 'live') return;
    this.known = JSON.parse(Buffer.from(creds!).toString()) as Identity;
    this.emit({ type: 'open' });
  }

  showCode(): void {
    const { pairByCode } = this.start;
    if (pairByCode) this.emit({ type: 'pairing-code', code: 'ABCD1234', ttlMs: 60_000 });
    else this.emit({ type: 'qr', text: `qr of ${this.start.accountId}`, ttlMs: 60_000 });
  }

  /** The phone scans: credentials and event in one step, then the restart that follows. */
  scan(number: string | null, pushName = 'Shop', lid = '77'): void {
    this.known = {
      phone: number === null ? null : phoneDigits(number),
      lid: lid as LidUser,
      pushName,
      device: 1,
    };
    this.start.journal.put('creds', 'creds', Buffer.from(JSON.stringify(this.known)));
    this.emit({ type: 'linked', identity: this.known });
    this.close('restart_required');
  }

  tellNumber(number: string): void {
    this.known = { ...this.known!, phone: phoneDigits(number) as PhoneDigits };
    this.start.journal.put('creds', 'creds', Buffer.from(JSON.stringify(this.known)));
  }

  close(reason: Reason, more: { until?: number; retryAfterSeconds?: number } = {}): void {
    if (this.state !== 'live') return;
    this.state = 'closed';
    this.emit({ type: 'closed', reason, code: null, detail: '', ...more });
  }

  emit(event: EngineEvent): void {
    if (event.type === 'open') this.isOpen = true;
    this.start.journal.emit(event);
  }

  async disconnect(): Promise<void> {
    if (this.state === 'live' || this.state === 'made') this.state = 'disconnected';
  }

  /** Who is not logged in cannot say goodbye. */
  async logout(): Promise<void> {
    if (!this.isOpen) return this.disconnect();
    await new Promise<void>((left) => {
      this.start.journal.pass(() => {
        this.frames.push('goodbye');
        if (this.engine.takesLeave) left();
      });
    });
    this.state = 'logged out';
  }

  async identity(): Promise<Identity | undefined> {
    return this.known;
  }

  silentMs(): number {
    return Infinity;
  }

  async probe(): Promise<boolean> {
    return this.engine.answers && this.state === 'live';
  }

  async send(message: OutboundMessage): Promise<SendResult> {
    if (this.state !== 'live') return { ok: false, code: 'not_connected', detail: '', certain: true };
    this.start.journal.put('session', 'peer', Buffer.from(message.waId));
    this.start.journal.pass(() => this.frames.push(message.waId));
    return { ok: true };
  }

  ack(waId: string): void {
    this.emit({ type: 'message-ack', waId, at: null });
  }
}

/** Judges the credentials of the scripted engine. */
export function inspectScripted(creds: Uint8Array | undefined): Verdict {
  if (!creds) return { state: 'missing' };
  try {
    if (JSON.parse(Buffer.from(creds).toString()).device) return { state: 'ok' };
    return { state: 'incomplete', detail: 'the credentials have no device' };
  } catch {
    return { state: 'corrupted' };
  }
}
