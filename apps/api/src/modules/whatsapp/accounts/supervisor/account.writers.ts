/** Which writer takes what the journals of accounts hold; they run in this order, each once per commit. */
import type { Sql } from '../../../../database/database.js';
import { answerCommands } from '../../../cluster/commands/command.repository.js';
import { announceMergedChats } from '../../chats/chat.merged.js';
import { writeBlocklists, writeBlocks, writeMarks, writeStars } from '../../chats/chat.mark.writer.js';
import { writeOlder } from '../../chats/chat.history.writer.js';
import { writeTimers } from '../../chats/chat.timer.writer.js';
import { resolvePeople } from '../../contacts/people.repository.js';
import { writeVersions } from '../../engines/version/client.version.repository.js';
import { writeClockJumps } from '../../../governor/clock.jumps.repository.js';
import { writeFirstContacts, writeKnownChats } from '../../../governor/first.contact.repository.js';
import { liftHolds, writeHolds } from '../../../governor/hold.repository.js';
import { appendEvents } from '../../events/event.log.repository.js';
import { forgetSecrets, insertSecret } from '../../events/secret.repository.js';
import { writeGroupLeft, writeGroupLists } from '../../groups/group.writer.js';
import { writeOutboxChanges } from '../../messages/outbound/outbox.writer.js';
import { writeRead } from '../../messages/inbound/message.read.js';
import { writeDownloads, writeUploads } from '../../media/transfers/transfer.writer.js';
import { sealReference } from '../../media/reference.seal.js';
import { type InboundSeals, writeInbound } from '../../messages/inbound/inbound.writer.js';
import { writeReceipts } from '../../messages/receipts/receipt.writer.js';
import { writeSteps } from '../../messages/receipts/status.writer.js';
import { writeChannels, writePosts } from '../../posts/post.writer.js';
import { writeProfiles } from '../../profiles/profile.writer.js';
import { writeAccountProxy } from '../../proxies/account.proxy.writer.js';
import { writeBrokenRecords } from '../../sessions/broken.record.repository.js';
import type { Entry, EntryOf, EntryWriters } from '../../sessions/entry.js';
import type { Vault } from '../../sessions/vault.js';
import { writeTraceLines } from './trace.writer.js';
import { tellUpdated, writeRemoved, writeStates } from './account.state.writer.js';

export function accountWriters(vault: Vault): EntryWriters {
  const seals: InboundSeals = {
    raw: (accountId, id, raw) => vault.seal({ accountId, kind: 'message', id }, raw),
    reference: sealReference(vault),
  };
  return {
    'account.state': (sql, all) => writeStates(sql, dataOf(all)),
    'account.updated': (sql, all, now) => tellUpdated(sql, [...new Set(all.map(({ accountId }) => accountId))], now),
    secret: (sql, all) => each(dataOf(all), (secret) => insertSecret(sql, secret)),
    'secrets.forget': (sql, all) => forgetSecrets(sql, spread(all)),
    people: writePeople,
    groups: (sql, all, now) => writeGroupLists(sql, spread(all), now),
    'group-left': (sql, all, now) => each(named(all, 'group'), (left) => writeGroupLeft(sql, left, now)),
    inbound: (sql, all, now) => writeInbound(sql, named(all, 'message'), seals, now),
    post: (sql, all, now) => writePosts(sql, named(all, 'post'), seals, now),
    channel: (sql, all, now) => writeChannels(sql, spread(all), now),
    'message-read': (sql, all, now) => writeRead(sql, spread(all), now),
    'chat-marked': (sql, all, now) => writeMarks(sql, named(all, 'marked'), now),
    starred: (sql, all, now) => writeStars(sql, named(all, 'star'), now),
    'older-messages': (sql, all, now) => writeOlder(sql, named(all, 'older'), now),
    blocklist: (sql, all, now) => writeBlocklists(sql, named(all, 'people'), now),
    blocked: (sql, all, now) => writeBlocks(sql, named(all, 'block'), now),
    ephemeral: (sql, all, now) => writeTimers(sql, named(all, 'timer'), now),
    profile: (sql, all, now) => writeProfiles(sql, named(all, 'step'), now),
    proxy: (sql, all, now) => each(all, (one) => writeProxy(sql, one, now)),
    'media.download': (sql, all, now) => writeDownloads(sql, dataOf(all), now),
    'media.upload': (sql, all, now) => writeUploads(sql, dataOf(all), now),
    step: (sql, all, now) => writeSteps(sql, dataOf(all), now),
    receipt: (sql, all, now) => writeReceipts(sql, named(all, 'receipt'), now),
    'governor.first-contact': (sql, all) => writeFirstContacts(sql, spread(all)),
    'governor.jump': (sql, all) => writeClockJumps(sql, spread(all)),
    'governor.known': (sql, all) => writeKnownChats(sql, dataOf(all)),
    'governor.hold': (sql, all, now) => writeHolds(sql, dataOf(all), now),
    'governor.lift': (sql, all, now) => liftHolds(sql, dataOf(all), now),
    outbox: (sql, all, now) => writeOutboxChanges(sql, all, now),
    'record.broken': (sql, all, now) => writeBrokenRecords(sql, dataOf(all), now),
    trace: (sql, all) => writeTraceLines(sql, dataOf(all)),
    event: (sql, all) => appendEvents(sql, dataOf(all)),
    'account.removed': (sql, all) => writeRemoved(sql, all),
    answer: (sql, all, now) => answerCommands(sql, dataOf(all), now),
    // Last: another worker's commit may wait for the one row of a network, and must not hold what this one waits for.
    'network.version': (sql, all) => writeVersions(sql, dataOf(all)),
  };
}

const dataOf = <E extends Entry>(all: readonly E[]): E['data'][] => all.map(({ data }) => data);

/** Its data under a name, beside whose it is. */
const named = <E extends Entry, N extends string>(all: readonly E[], name: N) =>
  all.map(({ accountId, network, data }) => ({ accountId, network, [name]: data }) as EntryOf & Record<N, E['data']>);

/** Its data among whose it is. */
const spread = <D extends object>(all: readonly (EntryOf & { data: D })[]): (D & EntryOf)[] =>
  all.map(({ accountId, network, data }) => ({ ...data, accountId, network }));

async function writeProxy(sql: Sql, { accountId, data }: Entry<'proxy'>, now: Date): Promise<void> {
  await writeAccountProxy(sql, accountId, data, now);
}

async function writePeople(sql: Sql, entries: readonly Entry<'people'>[], now: Date) {
  for (const network of new Set(entries.map((entry) => entry.network))) {
    const people = entries.filter((entry) => entry.network === network).flatMap((entry) => entry.data);
    const { mergedChats } = await resolvePeople(sql, network, people, now);
    await announceMergedChats(sql, mergedChats, now);
  }
}

async function each<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await write(item);
}
