'use client';

import type { Messaging } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { accounts } from '@/lib/api/whatsapp';
import { useSave } from '@/lib/hooks/useSave';
import { keys } from '@/lib/live/keys';

const FIELDS = ['calls', 'callReply', 'keepDays'];

export function useMessaging(accountId: string, done: () => void) {
  const client = useQueryClient();
  return useSave({
    fields: FIELDS,
    ask: (messaging: Messaging) => accounts.setMessaging(accountId, messaging),
    saved: (answer) => client.setQueryData(keys.messaging(accountId), answer),
    done,
  });
}
