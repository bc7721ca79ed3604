import type { Page } from '@trunkline/contracts';
import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';

/** A list as the cache holds it: the pages loaded so far. */
export type Pages<T> = InfiniteData<Page<T>, string | null>;

export const itemsOf = <T>(data: { pages: Page<T>[] } | undefined): T[] =>
  data?.pages.flatMap((page) => page.items) ?? [];

export const mapItems = <T>(data: Pages<T>, change: (items: T[]) => T[]): Pages<T> => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, items: change(page.items) })),
});

/** The same pages with the first one's items changed; new things come first in every list of ours. */
export const mapFirst = <T>(data: Pages<T>, change: (items: T[]) => T[]): Pages<T> => ({
  ...data,
  pages: data.pages.map((page, index) => (index === 0 ? { ...page, items: change(page.items) } : page)),
});

/** Changes every loaded list under a key. `change` returns what it was given when nothing is to be done. */
export function eachList<T>(
  client: QueryClient,
  key: QueryKey,
  change: (data: Pages<T>, listKey: QueryKey) => Pages<T>,
): void {
  for (const [listKey, data] of client.getQueriesData<Pages<T>>({ queryKey: key })) {
    if (!data) continue;
    const changed = change(data, listKey);
    if (changed !== data) client.setQueryData(listKey, changed);
  }
}
