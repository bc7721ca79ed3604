'use client';

import { type AccountProfileChange, accountProfileChangeSchema } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { accounts } from '@/lib/api/whatsapp';
import { useSave } from '@/lib/hooks/useSave';
import { putProfile } from '@/lib/queries/profiles';

const FIELDS = ['name', 'about'];

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
