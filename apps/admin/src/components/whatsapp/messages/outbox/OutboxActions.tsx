'use client';

import type { Message } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { toast } from 'sonner';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { messages } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { noteMessage } from '@/lib/live/chat-cache';
import { putMessage } from '@/lib/live/message-cache';

const RETRYABLE = new Set<Message['status']>(['failed', 'expired', 'cancelled']);

/** Under a message of ours that has not left: when it will, and a way to take it back; or to send it again. */
export function OutboxActions({ message, sentAgain }: { message: Message; sentAgain: boolean }) {
  if (message.direction !== 'out') return null;
  if (message.cancellable) return <Waiting message={message} />;
  return RETRYABLE.has(message.status) ? <Retry message={message} sentAgain={sentAgain} /> : null;
}

function Waiting({ message }: { message: Message }) {
  const t = useTranslations('outbox');
  const cancel = useAsk(messages.cancel);
  return (
    <p className="mt-1 flex flex-wrap items-center justify-end gap-x-3 text-xs text-ink-soft">
      <Why message={message} />
      <May least="operator">
        <Button variant="link" size="small" disabled={cancel.isPending} onClick={() => cancel.mutate(message.id)}>
          {t('cancel')}
        </Button>
      </May>
    </p>
  );
}

function Why({ message: { status, queuedReason, notBefore, notAfter } }: { message: Message }) {
  const t = useTranslations('outbox');
  const format = useFormatter();
  const time = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' });
  const queued =
    queuedReason === 'scheduled' && notBefore
      ? t('sendsAt', { time: time(notBefore) })
      : queuedReason && t(queuedReason);
  const why = status === 'sending' ? t('neverLeft') : queued;
  return (
    <span>
      {why}
      {notAfter && <> {t('notAfter', { time: time(notAfter) })}</>}
    </span>
  );
}

function Retry({ message, sentAgain }: { message: Message; sentAgain: boolean }) {
  const t = useTranslations('outbox');
  const retry = useAsk(messages.retry);
  if (retry.isSuccess || sentAgain) {
    return <p className="mt-1 text-end text-xs text-ink-soft">{t('sentAgain')}</p>;
  }
  return (
    <p className="mt-1 flex flex-wrap items-center justify-end gap-x-3 text-xs text-ink-soft">
      {message.status === 'cancelled' && <span>{t('takenBack')}</span>}
      <May least="operator">
        <Button variant="link" size="small" disabled={retry.isPending} onClick={() => retry.mutate(message.id)}>
          {t('sendAgain')}
        </Button>
      </May>
    </p>
  );
}

function useAsk(ask: (id: string) => Promise<Message>) {
  const client = useQueryClient();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: ask,
    onSuccess: (message) => {
      putMessage(client, message);
      noteMessage(client, message);
    },
    onError: (error) => void toast.error(errorText(error)),
  });
}
