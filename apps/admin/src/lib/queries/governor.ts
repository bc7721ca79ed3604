import { queryOptions } from '@tanstack/react-query';
import { governor } from '../api/governor';
import { keys } from '../live/keys';

/** What is used falls out of the last 24 hours by itself, and no event tells it. */
const AGAIN_MS = 60_000;

export const readBudget = (accountId: string) =>
  queryOptions({
    queryKey: keys.budget(accountId),
    queryFn: () => governor.budget(accountId),
    refetchInterval: AGAIN_MS,
  });

export const readGovernor = (accountId: string) =>
  queryOptions({ queryKey: keys.governor(accountId), queryFn: () => governor.read(accountId) });
