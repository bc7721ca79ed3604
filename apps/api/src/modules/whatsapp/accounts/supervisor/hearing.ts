/**
 * What the engine of one account says, in the step in which it says it. What concerns how the account lives is applied to
 * it; what concerns messages under way is told to the outbox; everything that is to be kept goes into the journal, in the
 * order in which it was said; what is of this moment only is passed on.
 */
import type { Call } from '../../calls/call.answer.js';
import type { EngineEvent } from '../../engines/engine.js';
import { stepOfAck } from '../../messages/outbound/ack.step.js';
import type { Connection } from './connection.js';
import type { GroupRefresh } from './group.refresh.js';
import { type HeardRecord, writeHeard } from './heard.records.js';
import type { OwnNumber } from './own.number.js';
import type { PairingSecrets } from './pairing.secrets.js';
import type { RunAccount, SupervisorParts } from './parts.js';
import type { ToldVersion } from './told.version.js';

/** The account, and those who do something about what its engine says. */
export interface Listening {
  readonly account: RunAccount;
  readonly connection: Connection;
  readonly secrets: PairingSecrets;
  readonly number: OwnNumber;
  readonly version: ToldVersion;
  readonly groups: GroupRefresh;
}

export class Hearing {
  constructor(
    private readonly parts: SupervisorParts,
    private readonly who: Listening,
  ) {}

  heard(event: EngineEvent): void {
    const { journal, governor, clock, tell } = this.parts;
    const { account, connection, secrets, number, version, groups } = this.who;
    switch (event.type) {
      case 'connecting':
        return;
      case 'qr':
      case 'pairing-code':
        version.accepted();
        account.apply({ type: 'shown' });
        return secrets.show(event);
      case 'linked':
        journal.write('profile', { type: 'forgotten' });
        return number.said(event);
      case 'identity':
        return number.said(event);
      case 'open':
        version.accepted();
        return account.apply({ type: 'open' });
      case 'closed':
        return this.#closed(event);
      case 'call':
        return this.#called(event);
      case 'history-progress':
      case 'typing':
      case 'presence':
        return tell(account.row, event);
      case 'message-ack':
        if (connection.work?.outbox.acked(event)) return;
        return journal.write('step', stepOfAck(account.row.id, event, clock.now()));
      case 'limit':
        return governor.limited(event.code, event.until ?? undefined);
      case 'groups':
        return groups.came(event.groups, event.complete);
      case 'group-changed':
        return groups.one(event.group);
      default:
        return this.#record(event);
    }
  }

  #closed(event: Extract<EngineEvent, { type: 'closed' }>): void {
    this.who.secrets.refuse(event.detail || 'The connection ended.');
    if (event.reason === 'temporarily_banned') this.parts.governor.banned(event.until);
    this.who.account.apply({ ...event, codeShown: this.who.connection.codeShown });
  }

  #called(call: Call): void {
    const { session } = this.who.connection;
    if (!session) return;
    void this.parts
      .called(this.who.account.row.id, call, session)
      .catch((error) => this.parts.log.warn({ error }, 'a call could not be answered'));
  }

  #record(event: HeardRecord): void {
    const { connection } = this.who;
    if (event.type === 'receipt') connection.work?.outbox.received(event.waIds);
    if (event.type === 'message' && event.message.fromMe) connection.work?.outbox.received([event.message.waId]);
    writeHeard(this.parts.journal, event);
    if (bringsFile(event)) this.#written(() => connection.work?.filesCame());
    if (event.type === 'picture-changed' || event.type === 'about-changed') {
      this.#written(() => connection.work?.lookedAt());
    }
  }

  /** Once the rows say it: who is woken reads them. */
  #written(then: () => void): void {
    void this.parts.journal.settled().then(then, () => undefined); // The lease went: the next owner looks by itself.
  }
}

const bringsFile = (event: EngineEvent): boolean =>
  (event.type === 'message' && event.message.media !== undefined) ||
  (event.type === 'post' && event.post.media !== undefined);
