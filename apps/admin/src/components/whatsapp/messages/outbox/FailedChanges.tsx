'use client';

import type { FailedChange, Message } from '@trunkline/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { toast } from 'sonner';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { messages } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';

/** Under a bubble that reads as before, since what was to change it did not leave: what, why, and a way to try again. */
export function FailedChanges({ message: { failedChanges } }: { message: Message }) {
  return failedChanges.map((change) => <Failed key={change.messageId} change={change} />);
}

function Failed({ change: { messageId, kind, failure } }: { change: FailedChange }) {
  const t = useTranslations('outbox');
  const errorText = useErrorText();
  // The bubble is told anew by its event, which takes this line away.
  const retry = useMutation({
    mutationFn: () => messages.retry(messageId),
    onError: (error) => void toast.error(errorText(error)),
  });
  const why = failure ? [failure.message, failure.mend].filter(Boolean).join(' ') : t('ranOut');
  return (
    <p role="status" className="mt-1 text-pretty text-xs text-bad">
      {t(`notDone.${kind}`)} {why}{' '}
      <May least="operator">
        <Button
          variant="link"
          size="small"
          disabled={retry.isPending || retry.isSuccess}
          onClick={() => retry.mutate()}
        >
          {t('sendAgain')}
        </Button>
      </May>
    </p>
  );
}
