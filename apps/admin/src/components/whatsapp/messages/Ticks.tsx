'use client';

import type { Message, MessageStatus } from '@trunkline/contracts';
import { Ban, Check, CheckCheck, CircleAlert, CircleHelp, Clock, TimerOff, type LucideIcon } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';

/** One look for each status, the same everywhere. */
const TICKS: Record<MessageStatus, { icon: LucideIcon; className?: string }> = {
  queued: { icon: Clock },
  sending: { icon: Clock },
  unknown: { icon: CircleHelp, className: 'text-warn' },
  sent: { icon: Check },
  delivered: { icon: CheckCheck },
  read: { icon: CheckCheck, className: 'text-read' },
  played: { icon: CheckCheck, className: 'text-read' },
  failed: { icon: CircleAlert, className: 'text-bad' },
  cancelled: { icon: Ban },
  expired: { icon: TimerOff, className: 'text-warn' },
};

type TicksMessage = Pick<Message, 'status' | 'queuedReason' | 'sentAt' | 'deliveredAt' | 'readAt'>;

/** `quiet` where another tick of the same message is read out already. */
export function Ticks({ message, quiet }: { message: TicksMessage; quiet?: boolean }) {
  const t = useTranslations('messageStatus');
  const format = useFormatter();
  const { icon: Icon, className } = TICKS[message.status];
  const at = { sent: message.sentAt, delivered: message.deliveredAt, read: message.readAt }[message.status as 'sent'];
  const word =
    message.status === 'queued' && message.queuedReason
      ? t(`queuedBecause.${message.queuedReason}`)
      : t(message.status);
  const title = at
    ? t('at', { status: word, time: format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' }) })
    : word;
  return (
    <span
      {...(quiet ? { 'aria-hidden': true } : { role: 'img', 'aria-label': word })}
      title={title}
      data-status={message.status}
      className={cn('inline-flex shrink-0', className)}
    >
      <Icon className="size-4" aria-hidden />
    </span>
  );
}
