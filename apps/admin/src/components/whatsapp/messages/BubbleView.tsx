'use client';

import type { Message } from '@trunkline/contracts';
import { Reply } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { PhoneNumber } from '../PhoneNumber';
import type { Bubble } from './fold';
import { Ticks } from './Ticks';

interface BubbleViewProps {
  bubble: Bubble;
  /** Follows closely on one by the same author. */
  joined: boolean;
  isGroup: boolean;
  onReply: () => void;
}

export function BubbleView({ bubble, joined, isGroup, onReply }: BubbleViewProps) {
  const t = useTranslations('messages');
  const { message } = bubble;
  const out = message.direction === 'out';
  return (
    <article
      data-direction={message.direction}
      className={cn('group flex items-center gap-1', joined ? 'pt-0.5' : 'pt-2.5', out && 'flex-row-reverse')}
    >
      <div
        className={cn(
          'relative flex max-w-[85%] min-w-0 flex-col md:max-w-[70%]',
          out ? 'items-end' : 'items-start',
          bubble.reactions.length > 0 && 'mb-4',
        )}
      >
        <div
          className={cn(
            'max-w-full rounded-2xl px-3 py-1.5 shadow-card',
            out ? 'rounded-ee-md bg-bubble-out' : 'rounded-es-md border bg-bubble-in',
          )}
        >
          {isGroup && !out && !joined && <Author message={message} />}
          <p className="break-words whitespace-pre-wrap" dir="auto">
            <BubbleText bubble={bubble} />
          </p>
          <Footer bubble={bubble} />
        </div>
        <Reactions bubble={bubble} />
        <Failure message={message} />
      </div>
      {!bubble.deleted && (
        <Button
          variant="ghost"
          size="icon-small"
          aria-label={t('reply')}
          onClick={onReply}
          className="opacity-0 transition-opacity focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-60"
        >
          <Reply className="rtl:-scale-x-100" />
        </Button>
      )}
    </article>
  );
}

function BubbleText({ bubble: { text, deleted } }: { bubble: Bubble }) {
  const t = useTranslations('messages');
  if (deleted) return <em className="text-ink-soft">{t('deleted')}</em>;
  if (text === null) return <em className="text-ink-soft">{t('unsupported')}</em>;
  return text;
}

function Author({ message: { sender } }: { message: Message }) {
  const t = useTranslations('messages');
  return (
    <p className="text-xs font-semibold text-accent">
      {sender?.name ?? (sender?.phoneNumber ? <PhoneNumber value={sender.phoneNumber} /> : t('someone'))}
    </p>
  );
}

function Footer({ bubble: { message, edited } }: { bubble: Bubble }) {
  const t = useTranslations('messages');
  const format = useFormatter();
  return (
    <p className="tabular mt-0.5 flex items-center justify-end gap-1 text-[0.6875rem] leading-4 text-ink-soft">
      {edited && <span>{t('edited')}</span>}
      <time
        dateTime={message.timestamp}
        title={format.dateTime(new Date(message.timestamp), { dateStyle: 'full', timeStyle: 'medium' })}
      >
        {format.dateTime(new Date(message.timestamp), { timeStyle: 'short' })}
      </time>
      {message.direction === 'out' && <Ticks message={message} />}
    </p>
  );
}

function Reactions({ bubble: { reactions, message } }: { bubble: Bubble }) {
  const t = useTranslations('messages');
  if (reactions.length === 0) return null;
  return (
    <ul
      aria-label={t('reactions')}
      className={cn('absolute -bottom-4 flex gap-1', message.direction === 'out' ? 'end-2' : 'start-2')}
    >
      {reactions.map(({ emoji, count, mine }) => (
        <li
          key={emoji}
          className={cn('rounded-full border bg-surface px-1.5 py-0.5 text-xs shadow-card', mine && 'border-accent')}
        >
          {emoji}
          {count > 1 && <span className="ms-1">{count}</span>}
        </li>
      ))}
    </ul>
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
