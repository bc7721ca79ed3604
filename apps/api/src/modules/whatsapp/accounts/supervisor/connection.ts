import type { EngineEvent, EngineSession } from '../../engines/engine.js';
import type { Line } from '../../engines/line.js';
import { ProxyError } from '../../proxies/line/proxy.js';
import type { StanzaTrace } from '../../engines/trace/stanza.trace.js';
import type { PhoneDigits } from '../../jid.js';
import { BROKEN_WORDS, whyBroken } from '../../sessions/broken.record.js';
import { readRecords } from '../../sessions/record.repository.js';
import { SealBrokenError } from '../../sessions/vault.js';
import type { SessionView } from '../../sessions/session.view.js';
import { LeaseLostError } from '../../sessions/account.journal.js';
import type { SupervisorParts, Verdict } from './parts.js';
import { SessionWork } from './session.work.js';

interface Live {
  session: EngineSession;
  view: SessionView;
}

interface Opening {
  linked: boolean;
  pairByCode?: PhoneDigits;
}

/** An unlinking device waits this long for the server, in the background. */
const GOODBYE_MS = 10_000;

/**
 * The engine session of one account, one at a time: a new one is opened when the older has ended. What an ended one still
 * says is not heard.
 */
export class Connection {
  #live: Live | undefined;
  /** What must have ended before the next session may be opened. */
  #ending: Promise<void> = Promise.resolve();
  /** And before one may be opened with a session that was linked before. */
  #farewell: Promise<void> = Promise.resolve();
  /** Grows with each opening and closing: an opening that was overtaken gives up. */
  #turn = 0;
  #releaseSlot: (() => void) | undefined;
  #opening = false;
  #codeShown = false;
  #loggedIn = false;
  #version: string | undefined;
  #line: Line | undefined;
  #work: SessionWork | undefined;

  constructor(
    private readonly parts: SupervisorParts,
    private readonly trace: StanzaTrace,
    private readonly hear: (event: EngineEvent) => void,
  ) {}

  get session(): EngineSession | undefined {
    return this.#live?.session;
  }

  /** The server takes a goodbye by it. */
  get loggedIn(): boolean {
    return this.#live !== undefined && this.#loggedIn;
  }

  get open(): boolean {
    return this.#opening || this.#live !== undefined;
  }

  /** Undefined before the session is verified, and from its end on. */
  get work(): SessionWork | undefined {
    return this.#work;
  }

  /** By which the last session went; undefined: the direct one. */
  get line(): Line | undefined {
    return this.#line;
  }

  /** What the newest session told the network that it is. */
  get version(): string | undefined {
    return this.#version;
  }

  /** The newest session has shown a QR or a code. */
  get codeShown(): boolean {
    return this.#codeShown;
  }

  reopen(how: Opening, wanted: () => boolean): void {
    void this.close();
    const turn = this.#turn;
    this.#opening = true;
    void this.#open(how, () => this.#turn === turn && wanted())
      .catch((error) => this.#failed(error, turn))
      .finally(() => {
        if (this.#turn === turn) this.#opening = false;
      });
  }

  /** Resolves when nothing of the session runs any more. What it has not made durable is given up with its frames. */
  close(): Promise<void> {
    const live = this.#detach();
    live?.view.close();
    return live ? this.#end(live.session.disconnect()) : this.#ending;
  }

  /** The device says goodbye to WhatsApp, in the background; its keys may be archived meanwhile. */
  unlink(): void {
    const live = this.#detach();
    if (!live) return;
    live.view.mute();
    void this.#end(this.#goodbye(live));
  }

  /**
   * A session that was put away says goodbye by a connection of its own. It may be taken back meanwhile, and must not be open
   * twice; a new link is another device, and waits for nobody.
   */
  afterFarewell(farewell: Promise<void>): void {
    this.#farewell = Promise.all([this.#farewell, farewell]).then(() => undefined);
  }

  /** The session was verified: what is done over it begins. */
  startWork(linkedAt: Date | null): void {
    const { session } = this.#live ?? {};
    if (!session) return;
    this.#work = new SessionWork(this.parts, { session, line: this.#line, linkedAt });
    this.#work.begin();
  }

  #detach(): Live | undefined {
    const live = this.#live;
    this.#turn += 1;
    this.#live = undefined;
    this.#opening = false;
    this.#work?.stop();
    this.#work = undefined;
    this.#free();
    return live;
  }

  #end(ending: Promise<void>): Promise<void> {
    this.#ending = Promise.all([this.#ending, ending.catch((error) => this.parts.log.warn({ error }, 'ending'))]).then(
      () => undefined,
    );
    return this.#ending;
  }

  async #goodbye({ session, view }: Live): Promise<void> {
    let cancel = () => {};
    const late = new Promise<void>((resolve) => (cancel = this.parts.clock.setTimeout(resolve, GOODBYE_MS)));
    await Promise.race([session.logout(), late]);
    cancel();
    view.close();
    await session.disconnect();
  }

  async #open(how: Opening, wanted: () => boolean): Promise<void> {
    await this.#ending;
    if (how.linked) await this.#farewell;
    if (!wanted()) return;
    const release = await this.parts.slot();
    if (!wanted()) return release();
    this.#releaseSlot = release;
    if (how.linked && !(await this.#fit(wanted))) return;
    if (!wanted()) return;
    // A new link begins with an empty session; what an unfinished one left is put aside.
    if (!how.linked) this.parts.journal.cut({ keep: false, cause: 'invalid' });
    const { row, journal, engine, versions } = this.parts;
    const version = await versions.current();
    if (!wanted()) return;
    const line = await this.#wayOut(wanted);
    if (line === 'none') return;
    const endpoint = { ...this.parts.endpoint, version };
    const view: SessionView = journal.open((event) => this.#heard(view, event));
    const session = engine.open({
      accountId: row.id,
      network: row.network,
      journal: view,
      endpoint,
      line,
      trace: this.trace,
      ...how,
    });
    this.#live = { session, view };
    this.#version = version;
    this.#line = line;
    this.#codeShown = false;
    this.#loggedIn = false;
    session.connect();
  }

  /** Never another than the one that is settled: where that cannot be used the account waits. */
  async #wayOut(wanted: () => boolean): Promise<Line | undefined | 'none'> {
    try {
      const line = await this.parts.lines.of(this.parts.row.id);
      return wanted() ? line : 'none';
    } catch (error) {
      if (!(error instanceof ProxyError)) throw error;
      if (!wanted()) return 'none';
      this.#free();
      this.hear({ type: 'closed', reason: 'proxy', code: null, detail: error.message });
      return 'none';
    }
  }

  /** R3.3: a session is judged before it is used. A broken one is put aside, and the last good copy takes its place. */
  async #fit(wanted: () => boolean): Promise<boolean> {
    const found = await this.#judge();
    if (found.state === 'ok' || !wanted()) return found.state === 'ok';
    const { journal, log } = this.parts;
    journal.cut({ keep: false, cause: 'invalid', restore: 'newest' });
    await journal.settled();
    if ((await this.#judge()).state === 'ok') {
      log.warn(`the session was ${found.state}; its last good copy was restored`);
      return true;
    }
    if (!wanted()) return false;
    this.#free();
    this.hear({ type: 'closed', reason: `session_${found.state}`, code: null, detail: found.detail ?? '' });
    return false;
  }

  async #judge(): Promise<Verdict> {
    try {
      const creds = await this.parts.journal.get('creds', ['creds']);
      return this.parts.inspect(creds.get('creds'));
    } catch (error) {
      if (error instanceof SealBrokenError) return { state: 'corrupted', detail: await this.#whyBroken() };
      throw error;
    }
  }

  async #whyBroken(): Promise<string> {
    const { row, store, vault } = this.parts;
    const key = { accountId: row.id, kind: 'creds', id: 'creds' } as const;
    const [record] = await readRecords(store.pool, [key]);
    return record ? BROKEN_WORDS[await whyBroken(store.pool, vault, key, record.sealed)] : '';
  }

  #failed(error: unknown, turn: number): void {
    if (this.#turn !== turn) return;
    this.#free();
    if (error instanceof LeaseLostError) return;
    this.parts.log.error({ error }, 'the engine could not be opened');
    this.hear({ type: 'closed', reason: 'server_error', code: null, detail: 'The engine could not be opened.' });
  }

  #heard(view: SessionView, event: EngineEvent): void {
    if (this.#live?.view !== view) return;
    if (SETTLED.has(event.type)) this.#free();
    if (event.type === 'qr' || event.type === 'pairing-code') this.#codeShown = true;
    if (event.type === 'open') this.#loggedIn = true;
    if (event.type === 'closed') {
      const live = this.#detach();
      // Its last writes, as those of a scan, belong to the account; frames it still holds go nowhere.
      if (live) void this.#end(live.session.disconnect().then(() => live.view.close()));
    }
    this.hear(event);
  }

  #free(): void {
    this.#releaseSlot?.();
    this.#releaseSlot = undefined;
  }
}

/** After one of these a login has cost what it costs, and the next may begin. */
const SETTLED: ReadonlySet<EngineEvent['type']> = new Set(['open', 'qr', 'pairing-code', 'closed']);
