'use client';

import type { Proxy } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { proxies } from '@/lib/api/proxies';
import { keys } from '@/lib/live/keys';
import { RemoveDialog } from '@/components/whatsapp/RemoveDialog';

export function DeleteProxyDialog({ proxy, onClose }: { proxy: Proxy | null; onClose: () => void }) {
  const t = useTranslations('proxies');
  return (
    <RemoveDialog
      of={proxy}
      title={t('deleteTitle', { name: proxy?.name ?? '' })}
      text={t('deleteText')}
      confirm={t('delete')}
      done={t('deleted')}
      remove={(id) => proxies.remove(id)}
      list={keys.proxies}
      onClose={onClose}
    />
  );
}
