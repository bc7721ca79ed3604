'use client';

import { useMutation } from '@tanstack/react-query';
import { Check, ClipboardCopy } from 'lucide-react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { accounts } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';

/** A text for a report, without numbers, names or keys. */
export function CopyDiagnostics({ accountId }: { accountId: string }) {
  const t = useTranslations('timeline');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const copy = useMutation({
    mutationFn: async () => (await accounts.diagnostics(accountId)).text,
    onSuccess: (text) =>
      navigator.clipboard.writeText(text).then(
        () => toast.success(t('copied')),
        () => toast.error(common('copyFailed')),
      ),
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <Button size="small" busy={copy.isPending} onClick={() => copy.mutate()}>
      {copy.isSuccess ? <Check aria-hidden /> : <ClipboardCopy aria-hidden />}
      {t('copy')}
    </Button>
  );
}
