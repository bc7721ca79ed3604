import type { AccountProfile, Chat, Profile, ProfileLook } from '@trunkline/contracts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { profiles } from '../api/whatsapp';
import { keys } from '../live/keys';

/** Whom a page shows: a person or a group as an account sees it, or (without either) the account itself. */
export type Portrayed = ProfileLook['of'][number];

/** Whom a chat is with. */
export const portrayedIn = ({ accountId, personId, groupId }: Chat): Portrayed => ({
  accountId,
  ...(personId !== null && { personId }),
  ...(groupId !== null && { groupId }),
});

const MOST = 100;

interface Asking {
  of: Portrayed;
  resolve: (profile: Profile | null) => void;
  reject: (error: unknown) => void;
}
const asking: Asking[] = [];

/** Those who come onto a screen together are asked for together. Null: the account does not know them. */
const look = (of: Portrayed): Promise<Profile | null> =>
  new Promise((resolve, reject) => {
    if (asking.length === 0) setTimeout(() => void askAll(asking.splice(0)), 0);
    asking.push({ of, resolve, reject });
  });

async function askAll(all: Asking[]): Promise<void> {
  for (let from = 0; from < all.length; from += MOST) await ask(all.slice(from, from + MOST));
}

async function ask(some: readonly Asking[]): Promise<void> {
  try {
    const { items } = await profiles.look({ of: some.map(({ of }) => of) });
    const found = new Map(items.map((profile) => [nameOf(profile), profile]));
    for (const { of, resolve } of some) resolve(found.get(nameOf(of)) ?? null);
  } catch (error) {
    for (const { reject } of some) reject(error);
  }
}

const nameOf = (of: { accountId: string; personId?: string | null; groupId?: string | null }): string =>
  JSON.stringify(keys.profile(of));

/** Events tell of changes; age alone is no reason to ask again. */
export const readProfile = (of: Portrayed) =>
  queryOptions<Profile | null>({ queryKey: keys.profile(of), queryFn: () => look(of), staleTime: Infinity });

/** As the API just answered it; the name of an account is told by an event of the account. */
export function putProfile(client: QueryClient, profile: Profile | AccountProfile): void {
  client.setQueryData(keys.profile(profile), profile);
}
