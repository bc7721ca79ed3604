import type { Group } from '@trunkline/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { loadAgain } from './load-again';
import { eachList, itemsOf, mapItems } from './pages';

/** A group as the server says it is now; one that no list holds yet makes the lists load again. */
export function putGroup(client: QueryClient, group: Group): void {
  eachList<Group>(client, keys.groupLists, (data, listKey) => {
    if (!itemsOf(data).some((each) => each.id === group.id)) {
      loadAgain(client, listKey, true);
      return data;
    }
    return mapItems(data, (items) => items.map((each) => (each.id === group.id ? group : each)));
  });
  loadAgain(client, keys.participants(group.id));
}

/** An account is no longer in it. A group without any account of ours is gone from the lists. */
export function leaveGroup(client: QueryClient, groupId: string, accountId: string | null): void {
  eachList<Group>(client, keys.groupLists, (data) =>
    mapItems(data, (items) =>
      items.map((group) => (group.id === groupId ? without(group, accountId) : group)).filter(isHeld),
    ),
  );
}

const without = (group: Group, accountId: string | null): Group => ({
  ...group,
  accounts: group.accounts.filter((account) => account.accountId !== accountId),
});
const isHeld = (group: Group): boolean => group.accounts.length > 0;
