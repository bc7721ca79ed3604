import type { EventName, EventPayload } from '@trunkline/contracts';
import type { Logger } from 'pino';
import type { Clock } from '../../../../clock/clock.js';
import type { Store } from '../../../../database/database.js';
import type { AccountGovernor } from '../../../governor/account.governor.js';
import type { CountOne } from '../../../metrics/counter.js';
import type { Call } from '../../calls/call.answer.js';
import type { Endpoint, Engine, EngineSession } from '../../engines/engine.js';
import type { ClientVersions } from '../../engines/version/client.versions.js';
import type { OutboxDesk } from '../../messages/outbound/outbox.desk.js';
import type { ProfileDesk } from '../../profiles/profile.desk.js';
import type { AccountLines } from '../../proxies/account.lines.js';
import type { MediaDesk } from '../../media/media.desk.js';
import type { TransferDesk } from '../../media/transfers/transfer.desk.js';
import type { AccountJournal } from '../../sessions/account.journal.js';
import type { PreviewMaker } from '../../previews/preview.maker.js';
import type { Vault } from '../../sessions/vault.js';
import type { PassingEvent } from '../../gateway/ephemeral.js';
import type { AccountRow } from '../account.view.js';
import type { AccountEvent } from '../machine/account.machine.js';

/** What the stored credentials are worth; the engine's own judgement. */
export type InspectCreds = (creds: Uint8Array | undefined) => Verdict;

/** `detail`: which of it, as `the credentials have no noiseKey`. */
export interface Verdict {
  state: 'ok' | 'missing' | 'incomplete' | 'corrupted';
  detail?: string;
}

/** Into the account's journal: told when it is durable. */
export type Emit = <N extends EventName>(event: N, payload: EventPayload<N>) => void;

/** The account, for those who work on a part of it. */
export interface RunAccount {
  readonly row: Readonly<AccountRow>;
  apply(event: AccountEvent): void;
}

/** Everything that running one account needs. */
export interface SupervisorParts {
  row: AccountRow;
  journal: AccountJournal;
  engine: Engine;
  inspect: InspectCreds;
  endpoint: Endpoint;
  lines: AccountLines;
  versions: ClientVersions;
  store: Store;
  vault: Vault;
  media: MediaDesk;
  previews: PreviewMaker;
  clock: Clock;
  log: Logger;
  count: CountOne;
  /** Resolves when an engine may be opened, with what gives the place back: logins of many accounts are bounded. */
  slot(): Promise<() => void>;
  governor: AccountGovernor;
  /** Where the outboxes of all accounts of the worker are read. */
  desk: OutboxDesk;
  /** And where it is told which of them have files to move. */
  transfers: TransferDesk;
  /** And which of them have somebody to ask about. */
  profiles: ProfileDesk;
  /** Somebody calls, while this session runs. */
  called(accountId: string, call: Call, session: EngineSession): Promise<void>;
  /** To whoever looks now; it is never kept. */
  tell(account: Pick<AccountRow, 'id' | 'network'>, event: PassingEvent): void;
  /** From 0 up to 1. */
  random?(): number;
}
