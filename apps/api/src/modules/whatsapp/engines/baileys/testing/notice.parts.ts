import type { BinaryNode } from 'baileys';
import type { AccountContext } from '../account.context.js';
import { AppState } from '../chats/app.state.js';
import { Blocklist } from '../chats/blocklist.js';
import { CollectionVersions } from '../chats/collection.versions.js';
import { WorkQueue } from '../connection/work.queue.js';
import type { GroupBook } from '../groups/group.book.js';
import type { NoticeParts } from '../inbound/notifications.js';
import { MediaRetries } from '../media/media.again.js';
import { ProfileNotices } from '../profile/profile.notices.js';
import type { Relay } from '../outbound/relay.js';

/** What notices are worked on with, for specs that look at one part of it. */
export function noticeParts(
  account: AccountContext,
  relay: Relay,
  book: GroupBook,
  toBaileys: (notice: BinaryNode) => void,
): NoticeParts {
  const fail = (error: unknown): never => {
    throw error;
  };
  const versions = new CollectionVersions(account.journal, () => undefined);
  return {
    account,
    relay,
    book,
    mediaRetries: new MediaRetries(account, 1_000),
    appState: new AppState(account, versions, new WorkQueue(fail)),
    blocklist: new Blocklist(account, relay.devices),
    profiles: new ProfileNotices(account),
    toBaileys,
  };
}
