'use client';

import type { Group } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { useAllAccounts } from '@/lib/hooks/useAllAccounts';

/** Which of our accounts are in the group, and which of them may run it. */
export function GroupAccounts({ accounts }: Pick<Group, 'accounts'>) {
  const t = useTranslations('groups');
  const known = useAllAccounts() ?? [];
  return (
    <span className="flex flex-wrap gap-1">
      {accounts.map(({ accountId, role }) => (
        <Badge key={accountId} tone={role === 'admin' || role === 'superadmin' ? 'note' : 'neutral'}>
          {known.find(({ id }) => id === accountId)?.name ?? t('anAccount')}
          {(role === 'admin' || role === 'superadmin') && ` · ${t('role.admin')}`}
        </Badge>
      ))}
    </span>
  );
}
