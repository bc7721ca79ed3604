/** What a session does with an account's stanzas: receiving, sending, groups, notices, put together. */
import type { BinaryNode } from 'baileys';
import { getBinaryNodeChild } from 'baileys';
import type { AccountContext } from './account.context.js';
import { Calls } from './calls/calls.js';
import type { AppState } from './chats/app.state.js';
import { Blocklist } from './chats/blocklist.js';
import { Chats } from './chats/chats.js';
import { GroupBook } from './groups/group.book.js';
import type { AccountMedia } from './media/account.media.js';
import type { MediaLine } from './media/media.line.js';
import { InboundMessages } from './inbound/messages.js';
import { Notifications } from './inbound/notifications.js';
import { InboundReceipts } from './inbound/receipts.in.js';
import { OutgoingReceipts } from './inbound/receipts.out.js';
import type { HistoryIntake } from './inbound/history.intake.js';
import { Login } from './login/login.js';
import { Relay } from './outbound/relay.js';
import { Profile } from './profile/profile.js';
import { ProfileNotices } from './profile/profile.notices.js';
import { Presence } from './presence/presence.js';

type StanzaListener = (node: BinaryNode) => unknown;

export interface LinkedAccount {
  presence: Presence;
  calls: Calls;
  relay: Relay;
  groups: GroupBook;
  media: AccountMedia;
  chats: Chats;
  blocklist: Blocklist;
  profile: Profile;
}

export interface Served {
  account: AccountContext;
  history: HistoryIntake;
  media: AccountMedia;
  appState: AppState;
  /** By which pictures come. */
  line: MediaLine;
  ended: AbortSignal;
  isOnline(): boolean;
  failed(error: unknown): void;
}

/**
 * Takes messages, receipts, notices and dirty marks from Baileys: its listeners are removed, and what it should still
 * see is passed on by ours, after what we had to write down.
 */
export function serveAccount({
  account,
  history,
  media,
  appState,
  line,
  ended,
  isOnline,
  failed,
}: Served): LinkedAccount {
  const { wire, socket } = account;
  const groups = new GroupBook(account);
  const relay = new Relay(account, groups, failed);
  const messages = new InboundMessages(account, new OutgoingReceipts(account, isOnline), history, failed);
  const receipts = new InboundReceipts(account, (receipt) => relay.resend(receipt), failed);
  const presence = new Presence(account);
  const calls = new Calls(account);
  const blocklist = new Blocklist(account, relay.devices);
  const chats = new Chats(account, relay, appState, blocklist);
  const profile = new Profile(account, appState, line, ended);
  const profiles = new ProfileNotices(account);
  const baileys = socket.ws.listeners('CB:notification') as StanzaListener[];
  const toBaileys = (node: BinaryNode): void => baileys.forEach((listener) => void pass(listener, node, failed));
  const notices = new Notifications(
    { account, relay, book: groups, mediaRetries: media.retries, appState, blocklist, profiles, toBaileys },
    failed,
  );
  for (const event of [
    'CB:call',
    'CB:presence',
    'CB:chatstate',
    'CB:message',
    'CB:receipt',
    'CB:notification',
    'CB:ib,,dirty',
    'CB:success',
  ])
    socket.ws.removeAllListeners(event);
  const login = new Login(account, () => blocklist.read());
  wire.on('CB:success', (node) => socket.updateServerTimeOffset(node));
  wire.on('CB:success', (node) => login.accepted(node));
  wire.on('CB:message', (node) => messages.receive(node));
  wire.on('CB:receipt', (node) => receipts.receive(node));
  wire.on('CB:notification', (node) => notices.receive(node));
  wire.on('CB:ack,class:message', (node) => relay.acked(node));
  wire.on('CB:ib,,dirty', (node) => cleanUp(account, groups, node));
  wire.on('CB:presence', (node) => presence.came(node));
  wire.on('CB:chatstate', (node) => presence.typing(node));
  wire.on('CB:call', (node) => calls.receive(node));
  return { relay, groups, presence, calls, media, chats, blocklist, profile };
}

async function pass(listener: StanzaListener, node: BinaryNode, failed: (error: unknown) => void): Promise<void> {
  try {
    await listener(node);
  } catch (error) {
    failed(error);
  }
}

/** The server says that what it told before no longer holds (protocol.md B.5). */
async function cleanUp({ socket, creds, journal }: AccountContext, groups: GroupBook, node: BinaryNode): Promise<void> {
  const { type, timestamp } = getBinaryNodeChild(node, 'dirty')?.attrs ?? {};
  if (type === 'groups') {
    journal.emit({ type: 'groups', groups: await groups.list(), complete: true });
    await socket.cleanDirtyBits('groups');
  }
  if (type === 'account_sync' && timestamp) {
    if (creds.lastAccountSyncTimestamp) await socket.cleanDirtyBits('account_sync', creds.lastAccountSyncTimestamp);
    socket.ev.emit('creds.update', { lastAccountSyncTimestamp: Number(timestamp) });
  }
}
