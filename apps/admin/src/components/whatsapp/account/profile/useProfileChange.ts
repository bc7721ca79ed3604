'use client';

import {
  type AccountProfile,
  type AccountProfileChange,
  accountProfileChangeSchema,
  type Profile,
} from '@trunkline/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { accounts } from '@/lib/api/whatsapp';
import { useSave } from '@/lib/hooks/useSave';
import { keys } from '@/lib/live/keys';

const FIELDS = ['name', 'about'];

/** As the API just answered it; the name is told by an event of the account. */
export function putProfile(client: QueryClient, profile: Profile | AccountProfile): void {
  client.setQueryData(keys.profile(profile), profile);
}

export function useProfileChange(accountId: string, done: () => void) {
  const client = useQueryClient();
  return useSave({
    schema: accountProfileChangeSchema,
    fields: FIELDS,
    ask: (change: AccountProfileChange) => accounts.setProfile(accountId, change),
    saved: (answer) => putProfile(client, answer),
    done,
  });
}
