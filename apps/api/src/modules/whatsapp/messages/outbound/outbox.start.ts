import type { Clock } from '../../../../clock/clock.js';
import type { Sql } from '../../../../database/database.js';
import type { SendGovernor } from '../../../governor/send.governor.js';
import type { EngineSession } from '../../engines/engine.js';
import type { OpenReference } from '../../media/reference.seal.js';
import type { StatusStep } from '../receipts/status.writer.js';
import type { LinkPreviewParts } from './link.previews.js';
import type { OutboxDesk } from './outbox.desk.js';
import type { OutboxChange } from './outbox.writer.js';

/** What the outbox of one account on one connection is made of. */
export interface OutboxStart {
  accountId: string;
  /** When this device was linked: what an earlier one sent is not sent again. */
  linkedAt: Date | null;
  sql: Sql;
  desk: OutboxDesk;
  session: Pick<EngineSession, 'send' | 'probe' | 'presence'>;
  /** Into the account's journal, in order with everything else of its session. */
  record(step: StatusStep): void;
  change(change: OutboxChange): void;
  /** Resolves when what was recorded is in the rows; rejects when the lease was lost. */
  durable(): Promise<void>;
  governor: SendGovernor;
  /** Of the link of a text that waits for one. */
  preview: LinkPreviewParts['make'];
  /** Of a file of this account that is at WhatsApp. */
  unseal: OpenReference;
  clock: Clock;
  /** Reading the outbox failed; it is tried again. */
  failed(error: unknown): void;
}
