/**
 * Runs one account, for as long as this worker owns its lease: applies the machine to what people, the engine and the
 * clock say, and does what it answers. What the engine says comes by `hearing.ts`, what people ask by `commands.ts`. State,
 * events and what the engine learnt go into the account's journal in the order in which they happened; nothing here writes
 * to the database by another way.
 */
import { ClockWatch } from '../../../../clock/clock.watch.js';
import type { Answer, Command } from '../../../cluster/commands/command.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { ChatCapability } from '../../engines/chats.js';
import type { PresenceCapability } from '../../engines/engine.js';
import type { ProfileCapability } from '../../engines/profile.js';
import { newEvent } from '../../events/event.log.repository.js';
import type { OutboxChange } from '../../messages/outbound/outbox.writer.js';
import { type AccountRow, toState } from '../account.view.js';
import { type AccountEvent, type Effect, engineWanted, STATE_COLUMNS, step } from '../machine/account.machine.js';
import { runCommand } from './commands.js';
import { Connection } from './connection.js';
import { sayFarewell } from './farewell.js';
import { GroupRefresh } from './group.refresh.js';
import { Hearing } from './hearing.js';
import { OwnNumber } from './own.number.js';
import { PairingSecrets } from './pairing.secrets.js';
import type { Emit, RunAccount, SupervisorParts } from './parts.js';
import { Probe } from './probe.js';
import { ToldVersion } from './told.version.js';
import { TraceRecorder } from './trace.recorder.js';

/** Proof of life is written this often at most, so that quiet accounts cost few writes. */
const SEEN_MS = 60_000;

export class AccountSupervisor implements RunAccount {
  #row: AccountRow;
  #ended = false;
  readonly #watch: ClockWatch;
  #busy = 0;
  readonly #halted = new AbortController();
  readonly #connection: Connection;
  readonly #number: OwnNumber;
  readonly #version: ToldVersion;
  readonly #probe: Probe;
  readonly #groups: GroupRefresh;
  readonly secrets: PairingSecrets;
  readonly trace: TraceRecorder;

  constructor(readonly parts: SupervisorParts) {
    this.#row = parts.row;
    this.trace = new TraceRecorder(parts.clock, (line) => parts.journal.write('trace', line));
    this.#watch = new ClockWatch(parts.clock);
    const session = () => this.#connection.session;
    this.#connection = new Connection(parts, this.trace, (event) => hearing.heard(event));
    this.secrets = new PairingSecrets(parts, this.#emit);
    this.#number = new OwnNumber(parts, this, session, this.#emit);
    this.#version = new ToldVersion(parts, this.#connection);
    this.#groups = new GroupRefresh(parts, session);
    this.#probe = new Probe(parts.clock, session, { alive: () => this.#alive(), deaf: () => this.#deaf() });
    const hearing = new Hearing(parts, {
      account: this,
      connection: this.#connection,
      secrets: this.secrets,
      number: this.#number,
      version: this.#version,
      groups: this.#groups,
    });
  }

  get row(): Readonly<AccountRow> {
    return this.#row;
  }

  /** It was stopped or conceded: what is asked of it now is for the next owner. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Nothing runs and nothing is wanted: the lease may be given back. Who traces an account waits for its next login. */
  get idle(): boolean {
    return this.#busy === 0 && this.#row.wanted === 'offline' && !this.#connection.open && !this.trace.on;
  }

  /** After the claim. @param expired the session was not seen connected for too long: it is not used by itself (R3.2) */
  start(expired: boolean): void {
    this.apply({ type: 'claimed' });
    // Also where nothing changed: from here on the state is this owner's word.
    if (this.#row.epoch !== this.parts.journal.lease.epoch) this.#become(this.#row);
    if (expired) this.apply({ type: 'closed', reason: 'session_expired', detail: '' });
  }

  /** Deadlines and next attempts; to be called about once a second. */
  tick(): void {
    if (this.#ended) return;
    this.apply({ type: 'due' });
    if (this.parts.governor.tick()) this.wake();
  }

  /** The outbox may have something, or more of it may go. */
  wake(): void {
    this.#connection.work?.queued();
  }

  /** Somebody looks at people whom the account may have to ask about. */
  lookedAt(): void {
    this.#connection.work?.lookedAt();
  }

  /** Does what is due, and makes sure that what is said to be connected is. */
  check(): void {
    this.tick();
    this.wake();
    if (this.#row.connection !== 'connected') return;
    if (this.#connection.session) this.#probe.verify();
    else this.apply({ type: 'closed', reason: 'connection_lost', detail: 'no engine' });
  }

  /** Somebody set what the account may send. */
  limitsChanged(): void {
    this.parts.governor.changed();
    this.wake();
  }

  /** Queued messages whose time has run out are not sent any more. */
  expireMessages(): void {
    if (this.#ended) return;
    void this.#takeBack({ type: 'expire' }).catch(() => undefined); // The lease went: the next owner sees to it.
  }

  /** Queued messages are taken back: those of these ids, or of this batch. Resolves when that is durable. */
  cancelMessages(which: { ids: string[] | null; batchId: string | null }): Promise<void> {
    return this.#takeBack({ type: 'cancel', ...which });
  }

  async #takeBack(change: OutboxChange): Promise<void> {
    const { work } = this.#connection;
    if (work) return work.outbox.takeBack(change);
    this.parts.journal.write('outbox', change);
    await this.parts.journal.settled();
  }

  /** Runs what was asked; safe to run twice. What it changed is in the journal, and the answer is to be written behind it. */
  async run(command: Command): Promise<Answer> {
    this.#busy += 1;
    try {
      return await runCommand(this, command);
    } finally {
      this.#busy -= 1;
    }
  }

  /** A clean exit: the engine ends, what was written becomes durable. */
  async stop(): Promise<void> {
    this.#halt();
    await this.#connection.close();
    await this.parts.journal.settled().catch(() => undefined); // The lease went meanwhile: the next owner goes on.
  }

  /** The lease is lost: everything ends at once, and nothing more is written from here. Resolves when the engine has ended. */
  concede(): Promise<void> {
    this.#halt();
    return this.#connection.close();
  }

  apply(event: AccountEvent): void {
    if (this.#ended) return;
    // First: what is set from here on is set by the clock as it is now.
    const byMs = this.#watch.moved();
    if (byMs !== 0) {
      this.apply({ type: 'clock-moved', byMs });
      this.secrets.showAgain();
    }
    const random = this.parts.random ?? Math.random;
    const { state, effects } = step(this.#row, event, this.#now(), random());
    const before = this.#row;
    if (STATE_COLUMNS.some((key) => state[key] !== before[key])) this.#become({ ...before, ...state });
    for (const effect of effects) this.#perform(effect);
  }

  /** Throws when the account is not connected: what would be shown is of this moment only. */
  presence(): PresenceCapability {
    const presence = this.#row.connection === 'connected' ? this.#connection.session?.presence : undefined;
    if (!presence) throw new ProblemError('conflict', 'The account is not connected.');
    return presence;
  }

  /** Undefined when the account is not connected. */
  chats(): ChatCapability | undefined {
    return this.#row.connection === 'connected' ? this.#connection.session?.chats : undefined;
  }

  /** Undefined when the account is not connected. */
  profile(): ProfileCapability | undefined {
    return this.#row.connection === 'connected' ? this.#connection.session?.profile : undefined;
  }

  /** Who else has this number, if anybody. */
  otherWithNumber(phoneNumber: string): Promise<{ id: string; name: string } | undefined> {
    return this.#number.otherWith(phoneNumber);
  }

  /** It was deleted as a whole: nothing is done for it any more. */
  get gone(): boolean {
    return this.#row.deletedAt !== null;
  }

  removed(): void {
    const at = this.#now();
    this.#row = { ...this.#row, deletedAt: at };
    this.parts.journal.write('account.removed', { at });
    this.#emit('account.deleted', { accountId: this.#row.id });
  }

  readonly #emit: Emit = (event, payload) =>
    this.parts.journal.write('event', newEvent(event, this.#row.id, payload, this.#now()));

  #now(): Date {
    return this.parts.clock.now();
  }

  #halt(): void {
    this.#ended = true;
    this.#halted.abort();
    this.trace.stop();
    this.#number.stop();
    this.#probe.stop();
    this.#groups.stop();
    this.secrets.refuse('The server is stopping.');
  }

  #become(row: AccountRow): void {
    const before = this.#row;
    this.#row = { ...row, updatedAt: this.#now(), epoch: this.parts.journal.lease.epoch };
    this.parts.journal.write('account.state', this.#row);
    const shown = toState(this.#row, true);
    const changed = JSON.stringify(shown) !== JSON.stringify(toState(before, true));
    if (changed || row.statusNote !== before.statusNote) {
      this.#emit('account.status', { state: shown, statusNote: row.statusNote });
    }
    if (WHO.some((key) => row[key] !== before[key])) this.parts.journal.write('account.updated', {});
    if (before.status === 'warming' && row.status !== 'warming') this.secrets.forget();
    if (row.phoneNumber !== null && row.phoneNumber !== before.phoneNumber) this.#number.stop();
    if (row.connection === 'connected' && before.connection !== 'connected') this.#connected();
    if (before.connection === 'connected' && row.connection === 'reconnecting') {
      this.parts.count('reconnects', row.reason);
    }
    if (row.connection !== 'connected') this.#probe.stop();
  }

  #connected(): void {
    this.#probe.start();
    this.#connection.startWork(this.#row.linkedAt);
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'open':
        // Who waits for a code waits for one of the connection that was asked for it.
        if (!effect.pairByCode) this.secrets.refuse('The connection was made anew.');
        return this.#connection.reopen(effect, () => engineWanted(this.#row));
      case 'close':
        return void this.#connection.close();
      case 'unlink':
        return this.#unlink();
      case 'archive':
        return this.parts.journal.cut({ keep: false, cause: effect.cause });
      case 'restore': {
        const { generationId } = effect;
        return this.parts.journal.cut({ keep: false, cause: 'replaced', restore: { generationId } });
      }
      case 'snapshot':
        return this.parts.journal.cut({ keep: true, cause: effect.cause });
      case 'verify':
        return this.#probe.verify();
      case 'find-number':
        return this.#number.find();
      case 'renew-version':
        return this.#version.refused(() => this.apply({ type: 'version-found' }));
      case 'fetch-groups':
        return this.#groups.fetch();
      case 'announce-number':
        return this.#number.announce();
      case 'error':
        return this.#emit('account.error', { message: effect.message, reason: effect.reason, action: effect.action });
    }
  }

  /** The live session says goodbye; where none is logged in, the one that is being put away comes back for it. */
  #unlink(): void {
    if (this.#connection.loggedIn) return this.#connection.unlink();
    this.#busy += 1;
    const farewell = this.#connection
      .close()
      .then(() => sayFarewell(this.parts, this.#halted.signal))
      .catch((error) => this.parts.log.warn({ error }, 'a device could not be unlinked; the phone still lists it'))
      .finally(() => (this.#busy -= 1));
    this.#connection.afterFarewell(farewell);
  }

  #alive(): void {
    if (this.#row.connection !== 'connected') return this.apply({ type: 'verified' });
    const seen = this.#row.lastSeenConnectedAt?.getTime() ?? 0;
    // Also where the last time is still to come, since the clock was set back.
    if (Math.abs(this.#now().getTime() - seen) >= SEEN_MS) this.apply({ type: 'seen' });
  }

  #deaf(): void {
    this.parts.count('deaf', '');
    void this.#connection.close();
    this.apply({ type: 'closed', reason: 'deaf', detail: '' });
  }
}

const WHO = [
  'phoneNumber',
  'phoneNumberSource',
  'conflictPhoneNumber',
  'conflictAccountId',
  'pushName',
  'linkedAt',
] as const;
