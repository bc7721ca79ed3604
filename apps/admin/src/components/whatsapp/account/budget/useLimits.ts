'use client';

import type { GovernorChange } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { governor } from '@/lib/api/governor';
import { useSave } from '@/lib/hooks/useSave';
import { keys } from '@/lib/live/keys';
import { NUMBERS } from './limits';

const FIELDS = [
  'profile',
  'settings.quietHours',
  'settings.timeZone',
  'settings.numberSince',
  ...NUMBERS.map((key) => `settings.${key}`),
];

export function useLimits(accountId: string, done: () => void) {
  const client = useQueryClient();
  return useSave({
    fields: FIELDS,
    ask: (change: GovernorChange) => governor.change(accountId, change),
    saved: (answer) => {
      client.setQueryData(keys.governor(accountId), answer);
      return client.invalidateQueries({ queryKey: keys.budget(accountId) });
    },
    done,
  });
}
