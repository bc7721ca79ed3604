/** Which writer takes what the journals of accounts hold; they run in this order, each once per commit. */
import type { AccountProxy, Network } from '@trunkline/contracts';
import type { Sql } from '../../../../database/database.js';
import type { CommandAnswer } from '../../../cluster/commands/command.js';
import { answerCommands } from '../../../cluster/commands/command.repository.js';
import { announceMergedChats } from '../../chats/chat.merged.js';
import {
  type BlockEntry,
  type BlocklistEntry,
  type MarkEntry,
  type StarEntry,
  writeBlocklists,
  writeBlocks,
  writeMarks,
  writeStars,
} from '../../chats/chat.mark.writer.js';
import { type OlderEntry, writeOlder } from '../../chats/chat.history.writer.js';
import { type TimerEntry, writeTimers } from '../../chats/chat.timer.writer.js';
import { resolvePeople } from '../../contacts/people.repository.js';
import type { Sighting } from '../../contacts/people.js';
import { type WorkedVersion, writeVersions } from '../../engines/version/client.version.repository.js';
import type { FirstContact } from '../../../governor/account.governor.js';
import { type ClockJump, writeClockJumps } from '../../../governor/clock.jumps.repository.js';
import { writeFirstContacts, writeKnownChats } from '../../../governor/first.contact.repository.js';
import { type HoldEntry, liftHolds, type LiftEntry, writeHolds } from '../../../governor/hold.repository.js';
import { appendEvents, type NewEvent } from '../../events/event.log.repository.js';
import { forgetSecrets, insertSecret, type SealedSecret } from '../../events/secret.repository.js';
import { type GroupsEntry, writeGroupLeft, writeGroupLists } from '../../groups/group.writer.js';
import { type OutboxEntry, writeOutboxChanges } from '../../messages/outbound/outbox.writer.js';
import { type ReadEntry, writeRead } from '../../messages/inbound/message.read.js';
import {
  type DownloadStep,
  type UploadStep,
  writeDownloads,
  writeUploads,
} from '../../media/transfers/transfer.writer.js';
import { sealReference } from '../../media/reference.seal.js';
import { type InboundEntry, type InboundSeals, writeInbound } from '../../messages/inbound/inbound.writer.js';
import { type ReceiptEntry, writeReceipts } from '../../messages/receipts/receipt.writer.js';
import { type StatusStep, writeSteps } from '../../messages/receipts/status.writer.js';
import { type ChannelEntry, type PostEntry, writeChannels, writePosts } from '../../posts/post.writer.js';
import { type ProfileEntry, writeProfiles } from '../../profiles/profile.writer.js';
import { writeAccountProxy } from '../../proxies/account.proxy.writer.js';
import type { BrokenRecord } from '../../sessions/broken.record.js';
import { writeBrokenRecords } from '../../sessions/broken.record.repository.js';
import type { Entry, EntryWriter, EntryWriters } from '../../sessions/entry.js';
import type { Vault } from '../../sessions/vault.js';
import type { AccountRow } from '../account.view.js';
import type { TraceLine } from './trace.recorder.js';
import { writeTraceLines } from './trace.writer.js';
import { tellUpdated, writeRemoved, writeStates } from './account.state.writer.js';

export function accountWriters(vault: Vault): EntryWriters {
  const seals: InboundSeals = {
    raw: (accountId, id, raw) => vault.seal({ accountId, kind: 'message', id }, raw),
    reference: sealReference(vault),
  };
  return new Map<string, EntryWriter>([
    ['account.state', (sql, all) => writeStates(sql, dataOf<AccountRow>(all))],
    ['account.updated', (sql, all, now) => tellUpdated(sql, [...new Set(all.map(({ accountId }) => accountId))], now)],
    ['secret', (sql, all) => each(dataOf<SealedSecret>(all), (secret) => insertSecret(sql, secret))],
    ['secrets.forget', (sql, all) => forgetSecrets(sql, spread<Forgotten>(all))],
    ['people', (sql, all, now) => writePeople(sql, all as readonly Entry<Sighting[]>[], now)],
    ['groups', (sql, all, now) => writeGroupLists(sql, spread<GroupsEntry>(all), now)],
    ['group-left', (sql, all, now) => each(named<LeftEntry>(all, 'group'), (left) => writeGroupLeft(sql, left, now))],
    ['inbound', (sql, all, now) => writeInbound(sql, named<InboundEntry>(all, 'message'), seals, now)],
    ['post', (sql, all, now) => writePosts(sql, named<PostEntry>(all, 'post'), seals, now)],
    ['channel', (sql, all, now) => writeChannels(sql, spread<ChannelEntry>(all), now)],
    ['message-read', (sql, all, now) => writeRead(sql, spread<ReadEntry>(all), now)],
    ['chat-marked', (sql, all, now) => writeMarks(sql, named<MarkEntry>(all, 'marked'), now)],
    ['starred', (sql, all, now) => writeStars(sql, named<StarEntry>(all, 'star'), now)],
    ['older-messages', (sql, all, now) => writeOlder(sql, named<OlderEntry>(all, 'older'), now)],
    ['blocklist', (sql, all, now) => writeBlocklists(sql, named<BlocklistEntry>(all, 'people'), now)],
    ['blocked', (sql, all, now) => writeBlocks(sql, named<BlockEntry>(all, 'block'), now)],
    ['ephemeral', (sql, all, now) => writeTimers(sql, named<TimerEntry>(all, 'timer'), now)],
    ['profile', (sql, all, now) => writeProfiles(sql, named<ProfileEntry>(all, 'step'), now)],
    ['proxy', (sql, all, now) => each(all as readonly Entry<AccountProxy>[], (one) => writeProxy(sql, one, now))],
    ['media.download', (sql, all, now) => writeDownloads(sql, dataOf<DownloadStep>(all), now)],
    ['media.upload', (sql, all, now) => writeUploads(sql, dataOf<UploadStep>(all), now)],
    ['step', (sql, all, now) => writeSteps(sql, dataOf<StatusStep>(all), now)],
    ['receipt', (sql, all, now) => writeReceipts(sql, named<ReceiptEntry>(all, 'receipt'), now)],
    ['governor.first-contact', (sql, all) => writeFirstContacts(sql, spread<FirstContact & Of>(all))],
    ['governor.jump', (sql, all) => writeClockJumps(sql, spread<ClockJump & Of>(all))],
    ['governor.known', (sql, all) => writeKnownChats(sql, dataOf<{ chatId: string; at: Date }>(all))],
    ['governor.hold', (sql, all, now) => writeHolds(sql, dataOf<HoldEntry>(all), now)],
    ['governor.lift', (sql, all, now) => liftHolds(sql, dataOf<LiftEntry>(all), now)],
    ['outbox', (sql, all, now) => writeOutboxChanges(sql, all as readonly OutboxEntry[], now)],
    ['record.broken', (sql, all, now) => writeBrokenRecords(sql, dataOf<BrokenRecord>(all), now)],
    ['trace', (sql, all) => writeTraceLines(sql, dataOf<TraceLine>(all))],
    ['event', (sql, all) => appendEvents(sql, dataOf<NewEvent>(all))],
    ['account.removed', (sql, all) => writeRemoved(sql, all as readonly Entry<{ at: Date }>[])],
    ['answer', (sql, all, now) => answerCommands(sql, dataOf<CommandAnswer>(all), now)],
    // Last: another worker's commit may wait for the one row of a network, and must not hold what this one waits for.
    ['network.version', (sql, all) => writeVersions(sql, dataOf<WorkedVersion>(all))],
  ]);
}

/** Whose it is: every entry says it beside its data. */
type Of = Pick<Entry, 'accountId' | 'network'>;
type Forgotten = Parameters<typeof forgetSecrets>[1][number];
type LeftEntry = Parameters<typeof writeGroupLeft>[1];

const dataOf = <T>(all: readonly Entry[]): T[] => all.map(({ data }) => data as T);

/** Its data under a name, beside whose it is. */
const named = <T>(all: readonly Entry[], name: Exclude<keyof T, keyof Of>): T[] =>
  all.map(({ accountId, network, data }) => ({ accountId, network, [name]: data }) as T);

/** Its data among whose it is. */
const spread = <T>(all: readonly Entry[]): T[] =>
  all.map(({ accountId, network, data }) => ({ ...(data as T), accountId, network }));

async function writeProxy(sql: Sql, { accountId, data }: Entry<AccountProxy>, now: Date): Promise<void> {
  await writeAccountProxy(sql, accountId, data, now);
}

async function writePeople(sql: Sql, entries: readonly Entry<Sighting[]>[], now: Date) {
  for (const network of new Set<Network>(entries.map((entry) => entry.network))) {
    const people = entries.filter((entry) => entry.network === network).flatMap((entry) => entry.data);
    const { mergedChats } = await resolvePeople(sql, network, people, now);
    await announceMergedChats(sql, mergedChats, now);
  }
}

async function each<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await write(item);
}
