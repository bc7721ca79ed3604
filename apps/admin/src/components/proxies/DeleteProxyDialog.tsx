'use client';

import type { Proxy } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { proxies } from '@/lib/api/proxies';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';

export function DeleteProxyDialog({ proxy, onClose }: { proxy: Proxy | null; onClose: () => void }) {
  const t = useTranslations('proxies');
  const client = useQueryClient();
  const errorText = useErrorText();
  const remove = useMutation({
    mutationFn: (id: string) => proxies.remove(id),
    onSuccess: () => {
      toast.success(t('deleted'));
      onClose();
      return client.invalidateQueries({ queryKey: keys.proxies });
    },
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <ConfirmDialog
      open={proxy !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('deleteTitle', { name: proxy?.name ?? '' })}
      description={t('deleteText')}
      confirmLabel={t('delete')}
      danger
      busy={remove.isPending}
      onConfirm={() => proxy && remove.mutate(proxy.id)}
    />
  );
}
