/** Which writer takes what the journals of accounts hold; they run in this order, each once per commit. */
import type { AccountProxy, Network } from '@trunkline/contracts';
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
import { type Timer, writeTimers } from '../../chats/chat.timer.writer.js';
import { resolvePeople } from '../../contacts/people.repository.js';
import type { Sighting } from '../../contacts/people.js';
import type { InboundMessage } from '../../engines/engine.js';
import { type WorkedVersion, writeVersions } from '../../engines/version/client.version.repository.js';
import type { FirstContact } from '../../../governor/account.governor.js';
import { type ClockJump, writeClockJumps } from '../../../governor/clock.jumps.repository.js';
import { writeFirstContacts, writeKnownChats } from '../../../governor/first.contact.repository.js';
import { type HoldEntry, liftHolds, type LiftEntry, writeHolds } from '../../../governor/hold.repository.js';
import { appendEvents, type NewEvent } from '../../events/event.log.repository.js';
import { forgetSecrets, insertSecret, type SealedSecret } from '../../events/secret.repository.js';
import { type GroupsEntry, writeGroupLeft, writeGroupLists } from '../../groups/group.writer.js';
import type { GroupJid } from '../../jid.js';
import { type OutboxEntry, writeOutboxChanges } from '../../messages/outbound/outbox.writer.js';
import { type ReadEntry, writeRead } from '../../messages/inbound/message.read.js';
import {
  type DownloadStep,
  type UploadStep,
  writeDownloads,
  writeUploads,
} from '../../media/transfers/transfer.writer.js';
import { sealReference } from '../../media/reference.seal.js';
import { type InboundSeals, writeInbound } from '../../messages/inbound/inbound.writer.js';
import { type Receipt, writeReceipts } from '../../messages/receipts/receipt.writer.js';
import { type StatusStep, writeSteps } from '../../messages/receipts/status.writer.js';
import { type ChannelEntry, type PostEntry, writeChannels, writePosts } from '../../posts/post.writer.js';
import { type ProfileStep, writeProfiles } from '../../profiles/profile.writer.js';
import { writeAccountProxy } from '../../proxies/account.proxy.writer.js';
import type { BrokenRecord } from '../../sessions/broken.record.js';
import { writeBrokenRecords } from '../../sessions/broken.record.repository.js';
import type { Entry, EntryWriter, EntryWriters } from '../../sessions/entry.js';
import type { Vault } from '../../sessions/vault.js';
import type { AccountRow } from '../account.view.js';
import type { TraceLine } from './trace.recorder.js';
import { writeTraceLines } from './trace.writer.js';
import { tellUpdated, writeRemoved, writeStates } from './account.state.writer.js';

const dataOf = <T>(entries: readonly Entry[]): T[] => entries.map((entry) => entry.data as T);

export function accountWriters(vault: Vault): EntryWriters {
  const seals: InboundSeals = {
    raw: (accountId, id, raw) => vault.seal({ accountId, kind: 'message', id }, raw),
    reference: sealReference(vault),
  };
  return new Map<string, EntryWriter>([
    ['account.state', (sql, entries) => writeStates(sql, dataOf<AccountRow>(entries))],
    [
      'account.updated',
      (sql, entries, now) => tellUpdated(sql, [...new Set(entries.map(({ accountId }) => accountId))], now),
    ],
    ['secret', (sql, entries) => each(dataOf<SealedSecret>(entries), (secret) => insertSecret(sql, secret))],
    [
      'secrets.forget',
      (sql, entries) =>
        forgetSecrets(
          sql,
          (entries as readonly Entry<{ at: Date }>[]).map(({ accountId, data }) => ({ accountId, at: data.at })),
        ),
    ],
    ['people', (sql, entries, now) => writePeople(sql, entries as readonly Entry<Sighting[]>[], now)],
    [
      'groups',
      (sql, entries, now) =>
        writeGroupLists(
          sql,
          (entries as readonly Entry<Pick<GroupsEntry, 'groups' | 'all'>>[]).map((entry) => ({
            ...entry,
            ...entry.data,
          })),
          now,
        ),
    ],
    [
      'group-left',
      (sql, entries, now) =>
        each(entries as readonly Entry<GroupJid>[], (entry) =>
          writeGroupLeft(sql, { ...entry, group: entry.data }, now),
        ),
    ],
    [
      'inbound',
      (sql, entries, now) =>
        writeInbound(
          sql,
          (entries as readonly Entry<InboundMessage>[]).map((entry) => ({ ...entry, message: entry.data })),
          seals,
          now,
        ),
    ],
    [
      'post',
      (sql, entries, now) =>
        writePosts(
          sql,
          (entries as readonly Entry<PostEntry['post']>[]).map((entry) => ({ ...entry, post: entry.data })),
          seals,
          now,
        ),
    ],
    [
      'channel',
      (sql, entries, now) =>
        writeChannels(
          sql,
          (entries as readonly Entry<Omit<ChannelEntry, 'accountId'>>[]).map((entry) => ({ ...entry.data, ...entry })),
          now,
        ),
    ],
    [
      'message-read',
      (sql, entries, now) =>
        writeRead(
          sql,
          (entries as readonly Entry<Omit<ReadEntry, 'accountId'>>[]).map((entry) => ({ ...entry.data, ...entry })),
          now,
        ),
    ],
    [
      'chat-marked',
      (sql, entries, now) =>
        writeMarks(
          sql,
          (entries as readonly Entry<MarkEntry['marked']>[]).map((entry) => ({ ...entry, marked: entry.data })),
          now,
        ),
    ],
    [
      'starred',
      (sql, entries, now) =>
        writeStars(
          sql,
          (entries as readonly Entry<StarEntry['star']>[]).map((entry) => ({ ...entry, star: entry.data })),
          now,
        ),
    ],
    [
      'older-messages',
      (sql, entries, now) =>
        writeOlder(
          sql,
          (entries as readonly Entry<OlderEntry['older']>[]).map((entry) => ({ ...entry, older: entry.data })),
          now,
        ),
    ],
    [
      'blocklist',
      (sql, entries, now) =>
        writeBlocklists(
          sql,
          (entries as readonly Entry<BlocklistEntry['people']>[]).map((entry) => ({ ...entry, people: entry.data })),
          now,
        ),
    ],
    [
      'blocked',
      (sql, entries, now) =>
        writeBlocks(
          sql,
          (entries as readonly Entry<BlockEntry['block']>[]).map((entry) => ({ ...entry, block: entry.data })),
          now,
        ),
    ],
    [
      'ephemeral',
      (sql, entries, now) =>
        writeTimers(
          sql,
          (entries as readonly Entry<Timer>[]).map((entry) => ({ ...entry, timer: entry.data })),
          now,
        ),
    ],
    [
      'profile',
      (sql, entries, now) =>
        writeProfiles(
          sql,
          (entries as readonly Entry<ProfileStep>[]).map((entry) => ({ ...entry, step: entry.data })),
          now,
        ),
    ],
    [
      'proxy',
      (sql, entries, now) =>
        each(entries as readonly Entry<AccountProxy>[], async ({ accountId, data }) => {
          await writeAccountProxy(sql, accountId, data, now);
        }),
    ],
    ['media.download', (sql, entries, now) => writeDownloads(sql, dataOf<DownloadStep>(entries), now)],
    ['media.upload', (sql, entries, now) => writeUploads(sql, dataOf<UploadStep>(entries), now)],
    ['step', (sql, entries, now) => writeSteps(sql, dataOf<StatusStep>(entries), now)],
    [
      'receipt',
      (sql, entries, now) =>
        writeReceipts(
          sql,
          (entries as readonly Entry<Receipt>[]).map((entry) => ({ ...entry, receipt: entry.data })),
          now,
        ),
    ],
    [
      'governor.first-contact',
      (sql, entries) =>
        writeFirstContacts(
          sql,
          (entries as readonly Entry<FirstContact>[]).map((entry) => ({ ...entry, ...entry.data })),
        ),
    ],
    [
      'governor.jump',
      (sql, entries) =>
        writeClockJumps(
          sql,
          (entries as readonly Entry<ClockJump>[]).map((entry) => ({ ...entry, ...entry.data })),
        ),
    ],
    ['governor.known', (sql, entries) => writeKnownChats(sql, dataOf<{ chatId: string; at: Date }>(entries))],
    ['governor.hold', (sql, entries, now) => writeHolds(sql, dataOf<HoldEntry>(entries), now)],
    ['governor.lift', (sql, entries, now) => liftHolds(sql, dataOf<LiftEntry>(entries), now)],
    ['outbox', (sql, entries, now) => writeOutboxChanges(sql, entries as readonly OutboxEntry[], now)],
    ['record.broken', (sql, entries, now) => writeBrokenRecords(sql, dataOf<BrokenRecord>(entries), now)],
    ['trace', (sql, entries) => writeTraceLines(sql, dataOf<TraceLine>(entries))],
    ['event', (sql, entries) => appendEvents(sql, dataOf<NewEvent>(entries))],
    ['account.removed', (sql, entries) => writeRemoved(sql, entries as readonly Entry<{ at: Date }>[])],
    ['answer', (sql, entries, now) => answerCommands(sql, dataOf<CommandAnswer>(entries), now)],
    // Last: another worker's commit may wait for the one row of a network, and must not hold what this one waits for.
    ['network.version', (sql, entries) => writeVersions(sql, dataOf<WorkedVersion>(entries))],
  ]);
}

async function writePeople(sql: Parameters<EntryWriter>[0], entries: readonly Entry<Sighting[]>[], now: Date) {
  for (const network of new Set<Network>(entries.map((entry) => entry.network))) {
    const people = entries.filter((entry) => entry.network === network).flatMap((entry) => entry.data);
    const { mergedChats } = await resolvePeople(sql, network, people, now);
    await announceMergedChats(sql, mergedChats, now);
  }
}

async function each<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await write(item);
}
