'use client';

import type { ApiKey } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { keys } from '@/lib/api/system';
import { keys as cached } from '@/lib/live/keys';
import { RemoveDialog } from '@/components/whatsapp/RemoveDialog';

export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const t = useTranslations('keys');
  return (
    <RemoveDialog
      of={apiKey}
      title={t('revokeTitle', { name: apiKey?.name ?? '' })}
      text={t('revokeText')}
      confirm={t('revoke')}
      done={t('revoked')}
      remove={(id) => keys.remove(id)}
      list={cached.apiKeys}
      onClose={onClose}
    />
  );
}
