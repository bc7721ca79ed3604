import { queryOptions } from '@tanstack/react-query';
import { faults, link, people, phones, sandboxChannels, sandboxGroups } from '../api/sandbox';
import { keys } from '../live/keys';

/** All under one key: a change in the sandbox makes all of them load again. */
export const phonesQuery = queryOptions({ queryKey: [...keys.sandbox, 'phones'], queryFn: phones.list });
export const peopleQuery = queryOptions({ queryKey: [...keys.sandbox, 'people'], queryFn: people.list });
export const sandboxGroupsQuery = queryOptions({ queryKey: [...keys.sandbox, 'groups'], queryFn: sandboxGroups.list });
export const sandboxChannelsQuery = queryOptions({
  queryKey: [...keys.sandbox, 'channels'],
  queryFn: sandboxChannels.list,
});
export const faultsQuery = queryOptions({ queryKey: [...keys.sandbox, 'faults'], queryFn: faults.list });
export const linkQuery = queryOptions({ queryKey: [...keys.sandbox, 'link'], queryFn: link.read });

/** The picture of that id, which never becomes another. */
export const pictureQuery = (user: string, id: string | null) =>
  queryOptions({
    queryKey: ['sandbox-picture', user, id],
    queryFn: () => people.picture(user),
    enabled: id !== null,
    staleTime: Infinity,
  });

/** What a person or a phone saw and wrote. */
export const seenQuery = (user: string) =>
  queryOptions({ queryKey: [...keys.sandbox, 'seen', user], queryFn: () => people.seen(user) });
export const sentQuery = (user: string) =>
  queryOptions({ queryKey: [...keys.sandbox, 'sent', user], queryFn: () => people.sent(user) });
