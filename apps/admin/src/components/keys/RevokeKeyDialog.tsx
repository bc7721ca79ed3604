'use client';

import type { ApiKey } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { keys } from '@/lib/api/system';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys as cached } from '@/lib/live/keys';

export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const t = useTranslations('keys');
  const client = useQueryClient();
  const errorText = useErrorText();
  const revoke = useMutation({
    mutationFn: (id: string) => keys.remove(id),
    onSuccess: () => {
      toast.success(t('revoked'));
      onClose();
      return client.invalidateQueries({ queryKey: cached.apiKeys });
    },
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <ConfirmDialog
      open={apiKey !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('revokeTitle', { name: apiKey?.name ?? '' })}
      description={t('revokeText')}
      confirmLabel={t('revoke')}
      danger
      busy={revoke.isPending}
      onConfirm={() => apiKey && revoke.mutate(apiKey.id)}
    />
  );
}
