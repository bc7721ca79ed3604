import type { Account, EventPayload } from '@trunkline/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { loadAgain } from './load-again';
import { eachList, mapItems } from './pages';

/** What went wrong last with an account, until it is connected or a person acts. */
export type AccountError = EventPayload<'account.error'>;

/** Changes one account wherever it is held. A list that is filtered by what changed is loaded again. */
export function changeAccount(client: QueryClient, id: string, change: (account: Account) => Account): void {
  client.setQueryData<Account>(keys.account(id), (account) => account && change(account));
  eachList<Account>(client, keys.accountLists, (data) =>
    data.pages.some((page) => page.items.some((account) => account.id === id))
      ? mapItems(data, (items) => items.map((account) => (account.id === id ? change(account) : account)))
      : data,
  );
  for (const query of client.getQueryCache().findAll({ queryKey: keys.accountLists }))
    if (isFiltered(query.queryKey)) loadAgain(client, query.queryKey, true);
}

/** An account as the API just answered it. */
export function putAccount(client: QueryClient, account: Account): void {
  client.setQueryData(keys.account(account.id), account);
  changeAccount(client, account.id, () => account);
}

export function dropAccount(client: QueryClient, id: string): void {
  eachList<Account>(client, keys.accountLists, (data) =>
    mapItems(data, (items) => items.filter((account) => account.id !== id)),
  );
  client.setQueryData(keys.qr(id), null);
  client.setQueryData(keys.accountError(id), null);
  void client.invalidateQueries({ queryKey: keys.account(id) });
}

function isFiltered(queryKey: readonly unknown[]): boolean {
  const filter = queryKey[1];
  return typeof filter === 'object' && filter !== null && Object.values(filter).some((value) => value !== undefined);
}
