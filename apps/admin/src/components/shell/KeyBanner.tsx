'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { vaultKey } from '@/lib/api/system';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { useMay } from '@/lib/hooks/useMay';
import { keys } from '@/lib/live/keys';
import { vaultKeyQuery } from '@/lib/queries/system';

/** Until an admin says that the file with the vault's key is saved; again when it is another key. */
export function KeyBanner() {
  const t = useTranslations('vaultKey');
  const client = useQueryClient();
  const errorText = useErrorText();
  const { data: key } = useQuery({ ...vaultKeyQuery, enabled: useMay('admin') });
  const saved = useMutation({
    mutationFn: vaultKey.saved,
    onSuccess: (after) => void client.setQueryData(keys.vaultKey, after),
    onError: (error) => {
      toast.error(errorText(error));
      void client.invalidateQueries({ queryKey: keys.vaultKey });
    },
  });
  if (!key || key.place === 'environment' || key.saved) return null;
  return (
    <section
      aria-label={t('label')}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-sunken px-4 py-2 text-[0.8125rem] text-ink md:px-8"
    >
      <KeyRound className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 flex-1 basis-64 break-words">{t('text', { path: key.path ?? '' })}</p>
      <Button size="small" busy={saved.isPending} onClick={() => saved.mutate(key.keyId)}>
        {t('confirm')}
      </Button>
    </section>
  );
}
