'use client';

import type { Account } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { keys } from '@/lib/live/keys';
import { paths } from '@/lib/navigation';

/** Tells of an account's trouble wherever the person is; on the account's own page the card says it. */
export function LiveToasts() {
  const t = useTranslations('toasts');
  const router = useRouter();
  const pathname = usePathname();
  const client = useQueryClient();
  const { subscribe } = useWhatsAppWebSocket(null);

  useEffect(
    () =>
      subscribe((event) => {
        if (event.event !== 'account.error' || event.accountId === null) return;
        const href = paths.account(event.accountId);
        if (pathname === href) return;
        const account = client.getQueryData<Account>(keys.account(event.accountId));
        toast.error(account?.name ?? t('anAccount'), {
          id: `account-error-${event.accountId}`,
          description: event.payload.message,
          action: { label: t('open'), onClick: () => router.push(href) },
        });
      }),
    [subscribe, client, router, pathname, t],
  );
  return null;
}
