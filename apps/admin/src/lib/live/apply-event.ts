import type { Account, AccountState, AnyEvent, EventEnvelope, EventName } from '@trunkline/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { type AccountError, changeAccount, dropAccount, putAccount } from './account-cache';
import { dropChatsOf, mergeChats, noteChange, noteMessage, noteStatus, putChat } from './chat-cache';
import { leaveGroup, putGroup } from './group-cache';
import { keys } from './keys';
import { loadAgain } from './load-again';
import { changeMedia } from './media-cache';
import { postChanged, postGone } from './post-cache';
import { changeMessage, changeStatus, putMessage } from './message-cache';

/**
 * What each event changes in the query cache: the whole of how pages stay true without loading again. Every entry is
 * safe to repeat, since an event that comes while a list is being loaded is applied before and after
 * (`replay.ts`), and safe when nothing is loaded.
 */
type Apply<N extends EventName> = (client: QueryClient, event: EventEnvelope<N>) => void;

const changes: { [N in EventName]: Apply<N> } = {
  'account.created': (client, { payload }) => {
    client.setQueryData(keys.account(payload.account.id), payload.account);
    loadAgain(client, keys.accountLists);
  },
  'account.updated': (client, { payload }) => putAccount(client, payload.account),
  'account.status': (client, event) => {
    const { state, statusNote } = event.payload;
    ofAccount(event, (id) => {
      const was = client.getQueryData<Account>(keys.account(id))?.state.status;
      changeAccount(client, id, (account) => ({
        ...account,
        state,
        statusNote,
        ...turned(account, state, event.timestamp),
      }));
      queueChanged(client, id);
      if (state.status !== 'warming') client.setQueryData(keys.qr(id), null);
      // What was wrong is past once the state speaks of something else.
      client.setQueryData<AccountError | null>(keys.accountError(id), (held) =>
        held?.reason === state.reason ? held : null,
      );
      // A step to another status may take more along than the event tells.
      if (was !== undefined && was !== state.status) loadAgain(client, keys.account(id));
    });
  },
  'account.qr': (client, event) =>
    ofAccount(event, (id) => {
      const { text, expiresAt } = event.payload;
      if (text === null) loadAgain(client, keys.qr(id));
      else client.setQueryData(keys.qr(id), { text, expiresAt });
    }),
  // The page that asked for a code has it from the answer; it is shown nowhere else.
  'account.pairing_code': () => undefined,
  'account.phone_number': (client, event) =>
    ofAccount(event, (id) => {
      const { phoneNumber, source, pushName } = event.payload;
      changeAccount(client, id, (account) => ({
        ...account,
        phoneNumber,
        phoneNumberSource: source,
        pushName: pushName ?? account.pushName,
      }));
    }),
  'account.queue': (client, event) => ofAccount(event, (id) => queueChanged(client, id)),
  'account.messaging': (client, event) =>
    ofAccount(event, (id) => client.setQueryData(keys.messaging(id), event.payload.messaging)),
  'account.proxy': (client, event) => {
    ofAccount(event, (id) => client.setQueryData(keys.accountProxy(id), event.payload.proxy));
    loadAgain(client, keys.proxies);
  },
  'account.error': (client, event) =>
    ofAccount(event, (id) => client.setQueryData(keys.accountError(id), event.payload)),
  'account.session_restored': (client, event) => ofAccount(event, (id) => loadAgain(client, keys.generations(id))),
  'account.deleted': (client, { payload }) => {
    dropAccount(client, payload.accountId);
    dropChatsOf(client, payload.accountId);
    loadAgain(client, keys.groupLists);
  },
  'message.created': (client, { payload }) => {
    putMessage(client, payload.message);
    if (payload.message.queuedReason === 'scheduled') loadAgain(client, keys.chatLists);
    else noteMessage(client, payload.message);
    queueChanged(client, payload.message.accountId);
  },
  'message.received': (client, { payload }) => {
    putMessage(client, payload.message);
    noteMessage(client, payload.message);
  },
  'message.status': (client, event) => {
    changeStatus(client, event.payload);
    noteStatus(client, event.payload);
    ofAccount(event, (id) => queueChanged(client, id));
  },
  'media.updated': (client, { payload: { media } }) => changeMedia(client, media),
  'message.updated': (client, { payload: { message } }) => {
    changeMessage(client, message);
    noteChange(client, message);
    if (message.status !== 'queued') return;
    // Its time may have come: then it is the last of its chat.
    if (message.queuedReason !== 'scheduled') noteMessage(client, message);
    queueChanged(client, message.accountId);
  },
  'chat.updated': (client, { payload }) => putChat(client, payload.chat),
  'chat.history': (client, { payload }) => loadAgain(client, keys.messages(payload.chatId)),
  'chat.merged': (client, { payload }) => mergeChats(client, payload),
  'profile.updated': (client, { payload: { profile } }) => {
    // Whom no page shows is not kept either.
    const key = keys.profile(profile);
    if (client.getQueryState(key)) client.setQueryData(key, profile);
  },
  'post.received': (client, { payload }) => postChanged(client, payload.post),
  'post.updated': (client, { payload }) => postChanged(client, payload.post),
  'post.removed': (client) => postGone(client),
  'channel.updated': (client) => loadAgain(client, keys.channelLists),
  'group.updated': (client, { payload }) => putGroup(client, payload.group),
  'group.left': (client, { payload, accountId }) => leaveGroup(client, payload.groupId, accountId),
  // Nothing but the budget; see below.
  'governor.hold': () => undefined,
  'governor.lifted': () => undefined,
  'governor.changed': (client, event) => ofAccount(event, (id) => loadAgain(client, keys.governor(id))),
  'opt_out.added': (client) => loadAgain(client, keys.optOutLists),
  'opt_out.lifted': (client) => loadAgain(client, keys.optOutLists),
  'opt_out.imported': (client) => loadAgain(client, keys.optOutLists),
  'system.key': (client) => loadAgain(client, keys.vaultKey),
  'proxy.updated': (client) => loadAgain(client, keys.proxies),
  'proxy.deleted': (client) => loadAgain(client, keys.proxies),
  'proxy_pool.updated': (client) => loadAgain(client, keys.proxyPools),
  'proxy_pool.deleted': (client) => {
    loadAgain(client, keys.proxyPools);
    loadAgain(client, keys.proxies);
  },
  'health.finding': () => undefined,
  'network.client_version': (client) => loadAgain(client, keys.health),
};

/** What waits is counted by the server; asked again only where somebody looks. */
const queueChanged = (client: QueryClient, accountId: string): void => loadAgain(client, keys.queue(accountId));

/** After these an account has another budget than before. */
const MOVES_BUDGET: ReadonlySet<EventName> = new Set([
  'message.created',
  'message.status',
  'governor.hold',
  'governor.lifted',
  'governor.changed',
]);

export function applyEvent(client: QueryClient, event: AnyEvent): void {
  // A newer server may tell of things that this page does not know yet.
  (changes[event.event] as Apply<EventName> | undefined)?.(client, event);
  if (MOVES_BUDGET.has(event.event)) ofAccount(event, (id) => loadHeldAgain(client, keys.budget(id)));
  // An account's timeline is told by the server, in sentences: what may have a line there has it loaded again.
  if (!/^(account|health)\.|^governor\.(hold|lifted)$/.test(event.event)) return;
  ofAccount(event, (id) => loadHeldAgain(client, keys.timeline(id)));
  loadHeldAgain(client, keys.health);
}

function loadHeldAgain(client: QueryClient, key: readonly unknown[]): void {
  if (client.getQueryState(key)) loadAgain(client, key);
}

/** When it was linked, came online or went offline, if this change is that. */
function turned(account: Account, state: AccountState, at: string): Partial<Account> {
  const linkedAt = state.status === 'active' ? (account.linkedAt ?? at) : account.linkedAt;
  const [was, is] = [account.state.connection === 'connected', state.connection === 'connected'];
  if (was === is) return { linkedAt };
  return is ? { linkedAt, lastConnectedAt: at } : { linkedAt, lastDisconnectedAt: at };
}

function ofAccount(event: EventEnvelope, change: (accountId: string) => void): void {
  if (event.accountId !== null) change(event.accountId);
}
