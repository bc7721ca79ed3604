'use client';

import type { Message, MessageKind } from '@trunkline/contracts';
import { Forward, Pin, Star } from 'lucide-react';
import { memo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { useNow } from '@/lib/hooks/useNow';
import { PhoneNumber } from '../../PhoneNumber';
import { FailedChanges } from '../outbox/FailedChanges';
import { OutboxActions } from '../outbox/OutboxActions';
import { Ticks } from '../Ticks';
import { BubbleMenu } from './BubbleMenu';
import type { Drawing } from './content/drawing';
import { DRAWINGS } from './content/drawings';
import { UnsupportedView } from './content/UnsupportedView';
import { Quote } from './Quote';
import { Reactions } from './Reactions';

interface BubbleViewProps {
  message: Message;
  /** Follows closely on one by the same author. */
  joined: boolean;
  /** Another was made from it. */
  sentAgain: boolean;
  isGroup: boolean;
}

/** Drawn anew when it changes, and not for each step of the conversation's scrolling. */
export const BubbleView = memo(function BubbleView({ message, joined, sentAgain, isGroup }: BubbleViewProps) {
  const out = message.direction === 'out';
  return (
    <article
      data-direction={message.direction}
      data-kind={message.content.kind}
      data-message={message.id}
      className={cn('group flex flex-col', joined ? 'pt-0.5' : 'pt-2.5', out ? 'items-end' : 'items-start')}
    >
      <div className={cn('flex w-full items-center gap-1', out && 'flex-row-reverse')}>
        <div className={cn('relative', WIDTH, message.reactions.length > 0 && 'mb-4')}>
          <div
            className={cn(
              'max-w-full rounded-2xl px-3 py-1.5 shadow-card',
              out ? 'rounded-ee-md bg-bubble-out' : 'rounded-es-md border bg-bubble-in',
            )}
          >
            {isGroup && !out && !joined && <Author message={message} />}
            <Forwarded score={message.forwardingScore} />
            {message.quoted && message.content.kind !== 'gone' && <Quote quoted={message.quoted} />}
            <Content message={message} />
            <Footer message={message} />
          </div>
          <Reactions message={message} />
        </div>
        {message.content.kind !== 'gone' && <BubbleMenu message={message} />}
      </div>
      <div className={cn('flex flex-col', WIDTH, out ? 'items-end' : 'items-start')}>
        <Failure message={message} />
        <OutboxActions message={message} sentAgain={sentAgain} />
        <FailedChanges message={message} />
      </div>
    </article>
  );
});

const WIDTH = 'max-w-[85%] min-w-0 md:max-w-[70%]';

function Content({ message }: { message: Message }) {
  const { content } = message;
  const Draw = DRAWINGS[content.kind] as Drawing<MessageKind> | null | undefined;
  // A newer server may send kinds that this page does not know.
  if (!Draw) return <UnsupportedView content={{ kind: 'unsupported', type: content.kind }} message={message} />;
  return <Draw content={content} message={message} />;
}

function Author({ message: { sender } }: { message: Message }) {
  const t = useTranslations('messages');
  return (
    <p className="text-xs font-semibold text-accent">
      {sender?.name ?? (sender?.phoneNumber ? <PhoneNumber value={sender.phoneNumber} /> : t('someone'))}
    </p>
  );
}

/** WhatsApp calls it so from the fifth time on. */
const MANY_TIMES = 5;

function Forwarded({ score }: { score: number }) {
  const t = useTranslations('messages');
  if (score === 0) return null;
  return (
    <p className="flex items-center gap-1 text-xs text-ink-soft">
      <Forward className="size-3 rtl:-scale-x-100" aria-hidden />
      {score >= MANY_TIMES ? t('forwardedOften') : t('forwarded')}
    </p>
  );
}

function Footer({ message }: { message: Message }) {
  const t = useTranslations('messages');
  const now = useNow('half-minute');
  const format = useFormatter();
  const exact = (at: string) => format.dateTime(new Date(at), { dateStyle: 'full', timeStyle: 'medium' });
  return (
    <p className="tabular mt-0.5 flex items-center justify-end gap-1 text-[0.6875rem] leading-4 text-ink-soft">
      {message.pinnedUntil && Date.parse(message.pinnedUntil) > now && (
        <span title={t('pinnedUntil', { at: exact(message.pinnedUntil) })}>
          <Pin className="size-3" aria-hidden />
          <span className="sr-only">{t('pinned')}</span>
        </span>
      )}
      {message.starred && <Star className="size-3 fill-current" role="img" aria-label={t('starred')} />}
      {message.viewOnce && <span>{t('viewOnce')}</span>}
      {message.editedAt && <span title={exact(message.editedAt)}>{t('edited')}</span>}
      <time dateTime={message.timestamp} title={exact(message.timestamp)}>
        {format.dateTime(new Date(message.timestamp), { timeStyle: 'short' })}
      </time>
      {message.direction === 'out' && <Ticks message={message} />}
    </p>
  );
}

/** What went wrong, whether it may have arrived all the same, and what to do. */
function Failure({ message: { status, failure } }: { message: Message }) {
  const t = useTranslations('messageStatus');
  if (status !== 'failed' && status !== 'unknown' && status !== 'expired') return null;
  return (
    <p className={cn('mt-1 text-pretty text-end text-xs', status === 'failed' ? 'text-bad' : 'text-warn')}>
      {failure ? [failure.message, failure.mend].filter(Boolean).join(' ') : t(`hint.${status}`)}
    </p>
  );
}
