/**
 * One operation of a cipher: it reads the journal and keeps what it would write, until `apply` puts all of it in one go.
 *
 * So a ratchet step, the one-time prekey that it spends and what the operation yielded (a plaintext, a ciphertext) reach
 * the journal in one synchronous step, and no commit can come between them (protocol.md S21, S22, S24).
 */
import type { SignalCreds } from 'baileys';
import type { SessionRecord, SignalStorage } from 'whatsapp-rust-bridge';
import type { RecordKind, SessionJournal } from '../../../sessions/journal.js';
import { unpackKeyPair } from '../records/key.pair.js';
import { keepSessions } from './kept.sessions.js';
import { bridgeKeyPair, ownIdentity, ownSignedPreKey } from './own.keys.js';

export interface SignalContext {
  journal: SessionJournal;
  creds: SignalCreds;
}

/** Where a record lies, and the name it may still have from the time when only the number was known. */
export interface RecordHome {
  id: string;
  alias: string | null;
}

export class SignalStep implements SignalStorage {
  private readonly writes = new Map<string, { kind: RecordKind; id: string; value: Uint8Array | null }>();
  /** The identity key that the operation trusted. */
  identity: Uint8Array | null = null;

  constructor(
    private readonly context: SignalContext,
    private readonly home: RecordHome,
    /** Set to start over with this peer: what is stored is not looked at, and replaced. */
    private readonly forget = false,
  ) {}

  apply(): void {
    for (const { kind, id, value } of this.writes.values()) this.context.journal.put(kind, id, value);
    this.writes.clear();
  }

  async loadSession(): Promise<Uint8Array | null> {
    return this.forget ? null : this.load('session');
  }

  async storeSession(_name: string, record: SessionRecord): Promise<void> {
    const after = record.serialize();
    this.store('session', keepSessions(await this.loadSession(), after));
  }

  async loadSenderKey(): Promise<Uint8Array | null> {
    return this.forget ? null : this.load('sender-key');
  }

  storeSenderKey(_name: string, record: Uint8Array): void {
    this.store('sender-key', Uint8Array.from(record));
  }

  getOurIdentity() {
    return ownIdentity(this.context.creds);
  }

  getOurRegistrationId(): number {
    return this.context.creds.registrationId;
  }

  /** Trust on first use, and on each change, as WhatsApp's own clients do; the key is kept so that a change is seen. */
  isTrustedIdentity(_name: string, key: Uint8Array): boolean {
    this.identity = Uint8Array.from(key);
    return true;
  }

  async loadPreKey(id: number) {
    const record = (await this.context.journal.get('pre-key', [String(id)])).get(String(id));
    return record ? bridgeKeyPair(unpackKeyPair(record)) : null;
  }

  removePreKey(id: number): void {
    this.write('pre-key', String(id), null);
  }

  loadSignedPreKey(id: number) {
    return ownSignedPreKey(this.context.creds, id);
  }

  write(kind: RecordKind, id: string, value: Uint8Array | null): void {
    this.writes.set(`${kind} ${id}`, { kind, id, value });
  }

  private store(kind: RecordKind, value: Uint8Array): void {
    this.write(kind, this.home.id, value);
    if (this.home.alias) this.write(kind, this.home.alias, null);
  }

  /** A record under the old name counts until the first operation has moved it. */
  private async load(kind: RecordKind): Promise<Uint8Array | null> {
    const { id, alias } = this.home;
    const pending = this.writes.get(`${kind} ${id}`);
    if (pending) return pending.value;
    const found = await this.context.journal.get(kind, alias ? [id, alias] : [id]);
    return found.get(id) ?? (alias ? found.get(alias) : undefined) ?? null;
  }
}
