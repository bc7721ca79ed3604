import type { Account, AccountQr, Page, TimelineEntry } from '@trunkline/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/error';
import { accounts, type AccountFilter } from '../api/whatsapp';
import { keys } from '../live/keys';

const PAGE = 200;

export const listAccounts = (filter: AccountFilter) =>
  infiniteQueryOptions({
    queryKey: keys.accounts(filter),
    queryFn: ({ pageParam }): Promise<Page<Account>> =>
      accounts.list({ ...filter, cursor: pageParam ?? undefined, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const readAccount = (id: string) =>
  queryOptions<Account>({ queryKey: keys.account(id), queryFn: () => accounts.read(id) });

export const readTimeline = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.timeline(id),
    queryFn: ({ pageParam }): Promise<Page<TimelineEntry>> =>
      accounts.timeline(id, { cursor: pageParam ?? undefined, limit: 50 }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** How it behaves towards people. */
export const readMessaging = (id: string) =>
  queryOptions({ queryKey: keys.messaging(id), queryFn: () => accounts.messaging(id) });

/** Saved states of its session, newest first. */
export const readGenerations = (id: string) =>
  queryOptions({ queryKey: keys.generations(id), queryFn: () => accounts.generations(id) });

/** The QR on screen, for a page that opens while it is; null when there is none. */
export const readQr = (id: string) =>
  queryOptions<AccountQr | null>({ queryKey: keys.qr(id), queryFn: () => orNull(accounts.qr(id)) });

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found') return null;
    throw error;
  }
}
