/** What the journal of an account may hold beside the records of its session, by type. Who makes rows of it: `account.writers.ts`. */
import type { AccountProxy } from '@trunkline/contracts';
import type { CommandAnswer } from '../../../cluster/commands/command.js';
import type { FirstContact } from '../../../governor/account.governor.js';
import type { ClockJump } from '../../../governor/clock.jumps.repository.js';
import type { HoldEntry, LiftEntry } from '../../../governor/hold.repository.js';
import type { Sighting } from '../../contacts/people.js';
import type { EngineEvent } from '../../engines/engine.js';
import type { WorkedVersion } from '../../engines/version/client.version.repository.js';
import type { NewEvent } from '../../events/event.log.repository.js';
import type { SealedSecret } from '../../events/secret.repository.js';
import type { GroupsEntry } from '../../groups/group.writer.js';
import type { GroupJid, PersonAddress } from '../../jid.js';
import type { DownloadStep, UploadStep } from '../../media/transfers/transfer.writer.js';
import type { OutboxChange } from '../../messages/outbound/outbox.writer.js';
import type { StatusStep } from '../../messages/receipts/status.writer.js';
import type { ProfileStep } from '../../profiles/profile.writer.js';
import type { BrokenRecord } from '../../sessions/broken.record.js';
import type { AccountRow } from '../account.view.js';
import type { TraceLine } from './trace.recorder.js';

type Said<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

/** Plain data: it is kept as JSON where it cannot be written. */
export interface EntryData {
  'account.state': AccountRow;
  /** Who it is has changed: told with what the row is then. */
  'account.updated': Record<string, never>;
  secret: SealedSecret;
  /** Made until then. */
  'secrets.forget': { at: Date };
  people: Sighting[];
  groups: Pick<GroupsEntry, 'groups' | 'all'>;
  'group-left': GroupJid;
  inbound: Said<'message'>['message'];
  post: Said<'post'>['post'];
  channel: Said<'channel'>;
  'message-read': Said<'message-read'>;
  'chat-marked': Said<'chat-marked'>;
  starred: Said<'starred'>;
  'older-messages': Said<'older-messages'>;
  blocklist: PersonAddress[];
  blocked: Said<'blocked'>;
  ephemeral: Said<'ephemeral'>;
  profile: ProfileStep;
  proxy: AccountProxy;
  'media.download': DownloadStep;
  'media.upload': UploadStep;
  step: StatusStep;
  receipt: Said<'receipt'>;
  'governor.first-contact': FirstContact;
  'governor.jump': ClockJump;
  /** Of a first message: from then on its chat is no first contact. */
  'governor.known': { messageId: string; at: Date };
  'governor.hold': HoldEntry;
  'governor.lift': LiftEntry;
  outbox: OutboxChange;
  'record.broken': BrokenRecord;
  trace: TraceLine;
  event: NewEvent;
  'account.removed': { at: Date };
  answer: CommandAnswer;
  'network.version': WorkedVersion;
}
