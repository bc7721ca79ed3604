/**
 * Runs one account, for as long as this worker owns its lease: applies the machine to what people, the engine and the
 * clock say, and does what it answers. State, events and what the engine learnt go into the account's journal in the order
 * in which they happened; nothing here writes to the database by another way.
 */
import type { EventName, EventPayload } from '@trunkline/contracts';
import { ClockWatch } from '../../../../clock/clock.watch.js';
import type { Answer, Command } from '../../../cluster/commands/command.js';
import { ProblemError } from '../../../../errors/problem.js';
import type { Call } from '../../calls/call.answer.js';
import type { ChatCapability } from '../../engines/chats.js';
import type { EngineEvent, PresenceCapability } from '../../engines/engine.js';
import type { ProfileCapability } from '../../engines/profile.js';
import { newEvent } from '../../events/event.log.repository.js';
import { stepOfAck } from '../../messages/outbound/ack.step.js';
import type { OutboxChange } from '../../messages/outbound/outbox.writer.js';
import { accountWithNumber } from '../account.repository.js';
import type { ProfileStep } from '../../profiles/profile.writer.js';
import { type AccountRow, toState } from '../account.view.js';
import { type AccountEvent, type Effect, engineWanted, STATE_COLUMNS, step } from '../machine/account.machine.js';
import { runCommand } from './commands.js';
import { Connection } from './connection.js';
import { sayFarewell } from './farewell.js';
import { GroupRefresh } from './group.refresh.js';
import { NumberLoop } from './number.loop.js';
import type { SupervisorParts } from './parts.js';
import { PairingSecrets } from './pairing.secrets.js';
import { TraceRecorder } from './trace.recorder.js';
import { Probe } from './probe.js';

/** Proof of life is written this often at most, so that quiet accounts cost few writes. */
const SEEN_MS = 60_000;

export class AccountSupervisor {
  #row: AccountRow;
  #ended = false;
  readonly #watch: ClockWatch;
  #busy = 0;
  readonly #halted = new AbortController();
  readonly #connection: Connection;
  readonly #number: NumberLoop;
  readonly #probe: Probe;
  readonly #groups: GroupRefresh;
  readonly secrets: PairingSecrets;
  readonly trace: TraceRecorder;

  constructor(readonly parts: SupervisorParts) {
    this.#row = parts.row;
    this.trace = new TraceRecorder(parts.clock, (line) => parts.journal.write('trace', line));
    this.#connection = new Connection(parts, this.trace, (event) => this.#heard(event));
    this.#watch = new ClockWatch(parts.clock);
    this.secrets = new PairingSecrets(parts, this.#emit);
    this.#number = new NumberLoop(parts.clock, () => this.#connection.session);
    this.#groups = new GroupRefresh(parts, () => this.#connection.session);
    this.#probe = new Probe(parts.clock, () => this.#connection.session, {
      alive: () => this.#alive(),
      deaf: () => this.#deaf(),
    });
  }

  get row(): Readonly<AccountRow> {
    return this.#row;
  }

  /** It was stopped or conceded: what is asked of it now is for the next owner. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Nothing runs and nothing is wanted: the lease may be given back. */
  get idle(): boolean {
    return this.#busy === 0 && this.#row.wanted === 'offline' && !this.#connection.open;
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
    this.#connection.outbox?.wake();
    this.#connection.transfers?.wake();
  }

  /** Somebody looks at people whom the account may have to ask about. */
  lookedAt(): void {
    this.#connection.profiles?.wake();
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
    if (!this.#ended) this.parts.journal.write('outbox', { type: 'expire' } satisfies OutboxChange);
  }

  /** Queued messages are taken back: those of these ids, or of this batch. Resolves when that is durable. */
  async cancelMessages(which: { ids: string[] | null; batchId: string | null }): Promise<void> {
    const change: OutboxChange = { type: 'cancel', ...which };
    if (this.#connection.outbox) return this.#connection.outbox.takeBack(change);
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

  #called(call: Call): void {
    const { session } = this.#connection;
    if (!session) return;
    void this.parts
      .called(this.#row.id, call, session)
      .catch((error) => this.parts.log.warn({ error }, 'a call could not be answered'));
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

  refreshGroups(): Promise<void> {
    return this.#groups.all();
  }

  /** Who else has this number, if anybody. */
  otherWithNumber(phoneNumber: string): Promise<{ id: string; name: string } | undefined> {
    const { id, network } = this.#row;
    return accountWithNumber(this.parts.store.pool, network, phoneNumber).then((found) =>
      found && found.id !== id ? found : undefined,
    );
  }

  readonly #emit = <N extends EventName>(event: N, payload: EventPayload<N>): void =>
    this.parts.journal.write('event', newEvent(event, this.#row.id, payload, this.#now()));

  /** The account as a whole was deleted. */
  removed(): void {
    this.parts.journal.write('account.removed', { at: this.#now() });
    this.#emit('account.deleted', { accountId: this.#row.id });
  }

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
    this.#connection.startOutbox(this.#row.linkedAt);
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'open':
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
        return this.#number.start((identity) => this.#identified({ type: 'identity', identity }));
      case 'renew-version':
        return this.#renewVersion();
      case 'fetch-groups':
        return this.#groupsFound(this.#groups.all());
      case 'announce-number':
        return this.#announceNumber();
      case 'error':
        return this.#emit('account.error', { message: effect.message, reason: effect.reason, action: effect.action });
    }
  }

  /** The live session says goodbye; where there is none, the one that is being put away comes back for it. */
  #unlink(): void {
    if (this.#connection.session) return this.#connection.unlink();
    void this.#connection.close();
    this.#busy += 1;
    void sayFarewell(this.parts, this.#halted.signal)
      .catch((error) => this.parts.log.warn({ error }, 'a device could not be unlinked; the phone still lists it'))
      .finally(() => (this.#busy -= 1));
  }

  /** The network took the client version that we told it. */
  #accepted(): void {
    const { version } = this.#connection;
    const { journal, versions } = this.parts;
    if (!version) return;
    void versions
      .worked(version, (worked) => {
        journal.write('network.version', worked);
        return journal.settled();
      })
      .catch((error) => this.parts.log.warn({ error }, 'the client version that worked could not be remembered'));
  }

  #renewVersion(): void {
    const { version } = this.#connection;
    if (version)
      void this.parts.versions
        .refused(version, this.#connection.line)
        .then((found) => found && this.apply({ type: 'version-found' }));
  }

  #groupsFound(work: Promise<void>): void {
    void work.catch((error) => this.parts.log.warn({ error }, 'groups could not be read'));
  }

  #announceNumber(): void {
    const { phoneNumber, phoneNumberSource, pushName } = this.#row;
    if (phoneNumber && phoneNumberSource) {
      this.#emit('account.phone_number', { phoneNumber, source: phoneNumberSource, pushName });
    }
  }

  /** What the engine said, in the step in which it said it. */
  #heard(event: EngineEvent): void {
    const { journal, governor } = this.parts;
    switch (event.type) {
      case 'connecting':
        return;
      case 'qr':
      case 'pairing-code':
        this.#accepted();
        this.apply({ type: 'shown' });
        return this.secrets.show(event);
      case 'linked':
        journal.write('profile', { type: 'forgotten' } satisfies ProfileStep);
        return this.#identified(event);
      case 'identity':
        return this.#identified(event);
      case 'open':
        this.#accepted();
        return this.apply({ type: 'open' });
      case 'closed':
        this.secrets.refuse(event.detail || 'The connection ended.');
        if (event.reason === 'temporarily_banned') governor.banned(event.until);
        return this.apply({ ...event, codeShown: this.#connection.codeShown });
      case 'message':
        journal.write('inbound', event.message);
        return event.message.media && this.#fetchSoon();
      case 'post':
        return journal.write('post', event.post);
      case 'channel':
        return journal.write('channel', event);
      case 'message-read':
        return journal.write('message-read', event);
      case 'call':
        return this.#called(event);
      case 'older-messages':
        return journal.write(event.type, event);
      case 'history-progress':
      case 'typing':
      case 'presence':
        return this.parts.tell(this.#row, event);
      case 'chat-marked':
      case 'starred':
      case 'blocked':
        return journal.write(event.type, event);
      case 'blocklist':
        return journal.write(event.type, event.people);
      case 'picture-changed':
      case 'about-changed':
        journal.write('profile', event satisfies ProfileStep);
        return this.#lookSoon();
      case 'ephemeral':
        return journal.write('ephemeral', event);
      case 'message-ack':
        if (this.#connection.outbox?.acked(event)) return;
        return journal.write('step', stepOfAck(this.#row.id, event, this.#now()));
      case 'limit':
        return governor.limited(event.code, event.until ?? undefined);
      case 'receipt':
        this.#connection.outbox?.received(event.waIds);
        return journal.write('receipt', event);
      case 'people':
        return journal.write('people', event.people);
      case 'groups':
        return this.#groupsFound(this.#groups.found(event.groups, event.complete));
      case 'group-changed':
        return this.#groups.one(event.group);
      case 'group-left':
        return journal.write('group-left', event.group);
    }
  }

  /** The row of a file is there with its message. */
  #fetchSoon(): void {
    void this.parts.journal.settled().then(
      () => this.#connection.transfers?.wake(),
      () => undefined, // The lease went: the next owner looks by itself.
    );
  }

  /** The row says that there is something new to ask about. */
  #lookSoon(): void {
    void this.parts.journal.settled().then(
      () => this.lookedAt(),
      () => undefined, // The lease went: the next owner looks by itself.
    );
  }

  /** A number is believed at once, and looked up: it may be another account's. */
  #identified(event: Extract<AccountEvent, { type: 'linked' | 'identity' }>): void {
    const before = numberOf(this.#row);
    this.apply(event);
    const phoneNumber = numberOf(this.#row);
    if (phoneNumber === null || phoneNumber === before) return;
    const taken = (other: { id: string; name: string }) =>
      this.apply({ type: 'number-taken', phoneNumber, accountId: other.id, accountName: other.name });
    // Once it is written: of two that come to one number in the same moment one has it by then, and the other finds that.
    void this.parts.journal
      .settled()
      .then(() => this.otherWithNumber(phoneNumber))
      .then((other) => other && taken(other))
      .catch((error) => this.parts.log.warn({ error }, 'could not look whether the number is taken'));
  }

  #alive(): void {
    if (this.#row.connection !== 'connected') return this.apply({ type: 'verified' });
    const seen = this.#row.lastSeenConnectedAt?.getTime() ?? 0;
    if (this.#now().getTime() - seen >= SEEN_MS) this.apply({ type: 'seen' });
  }

  #deaf(): void {
    this.parts.count('deaf', '');
    void this.#connection.close();
    this.apply({ type: 'closed', reason: 'deaf', detail: '' });
  }
}

/** Of the phone that is linked now. */
const numberOf = (row: AccountRow): string | null => row.conflictPhoneNumber ?? row.phoneNumber;
const WHO = [
  'phoneNumber',
  'phoneNumberSource',
  'conflictPhoneNumber',
  'conflictAccountId',
  'pushName',
  'linkedAt',
] as const;
