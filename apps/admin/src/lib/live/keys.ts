import type { AccountFilter } from '../api/whatsapp';
import type { OptOutFilter } from '../api/opt-outs';

export interface OfAccountFilter {
  accountId?: string;
  search?: string;
}

export interface ChatFilter extends OfAccountFilter {
  /** Left out: both. */
  archived?: boolean;
}

/** Every place in the query cache has its key here, so that an event finds what it changes. */
export const keys = {
  me: ['me'] as const,
  system: ['system'] as const,
  apiKeys: ['api-keys'] as const,

  accountLists: ['accounts'] as const,
  accounts: (filter: AccountFilter) => ['accounts', filter] as const,
  account: (id: string) => ['account', id] as const,
  /** What is on screen for linking, and what went wrong last; both are told by events. */
  qr: (accountId: string) => ['account-qr', accountId] as const,
  accountError: (accountId: string) => ['account-error', accountId] as const,
  generations: (accountId: string) => ['account-generations', accountId] as const,

  messaging: (accountId: string) => ['account-messaging', accountId] as const,
  accountProxy: (accountId: string) => ['account-proxy', accountId] as const,

  proxies: ['proxies'] as const,
  proxyPools: ['proxy-pools'] as const,

  /** How somebody looks to an account; of the account itself without a person or a group. */
  profile: (of: { accountId: string; personId?: string | null; groupId?: string | null }) =>
    ['profile', of.accountId, of.personId ?? of.groupId ?? 'own'] as const,

  optOutLists: ['opt-outs'] as const,
  optOuts: (filter: OptOutFilter) => ['opt-outs', filter] as const,
  governor: (accountId: string) => ['governor', accountId] as const,
  budget: (accountId: string) => ['budget', accountId] as const,
  timeline: (accountId: string) => ['timeline', accountId] as const,
  health: ['health'] as const,
  /** Accounts that come back after a start; told live. */
  restore: ['restore'] as const,

  chatLists: ['chats'] as const,
  chats: (filter: ChatFilter) => ['chats', filter] as const,
  messages: (chatId: string) => ['messages', chatId] as const,
  receipts: (messageId: string) => ['receipts', messageId] as const,
  queue: (accountId: string) => ['queue', accountId] as const,
  foundMessages: (text: string, accountId: string | undefined) => ['found-messages', text, accountId] as const,

  groupLists: ['groups'] as const,
  groups: (filter: OfAccountFilter) => ['groups', filter] as const,
  participants: (groupId: string) => ['participants', groupId] as const,

  statusLists: ['statuses'] as const,
  statuses: (filter: OfAccountFilter) => ['statuses', filter] as const,
  channelLists: ['channels'] as const,
  channels: (filter: OfAccountFilter) => ['channels', filter] as const,
  allChannelPosts: ['channel-posts'] as const,
  channelPosts: (channelId: string) => ['channel-posts', channelId] as const,

  sandbox: ['sandbox'] as const,
  vaultKey: ['vault-key'] as const,
};
