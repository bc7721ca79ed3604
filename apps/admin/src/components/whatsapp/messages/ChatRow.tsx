'use client';

import type { Chat, Message } from '@trunkline/contracts';
import { Ban, BellOff, Pin } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { useDraft } from '@/lib/drafts';
import { dayKind } from '@/lib/format/day';
import { useNow } from '@/lib/hooks/useNow';
import { portrayedIn } from '@/lib/queries/profiles';
import { Avatar, GroupSign } from '../Avatar';
import { ChatTitle } from './ChatTitle';
import { isMuted } from './muted';
import { usePreview } from './preview';
import { Ticks } from './Ticks';

interface ChatRowProps {
  chat: Chat;
  chosen: boolean;
  onOpen: (chatId: string) => void;
}

export const ChatRow = ({ chat, chosen, onOpen }: ChatRowProps) => (
  <button
    type="button"
    aria-current={chosen || undefined}
    onClick={() => onOpen(chat.id)}
    className={cn(
      'flex size-full items-center gap-3 px-4 text-start transition-colors hover:bg-sunken focus-visible:-outline-offset-2',
      chosen && 'bg-accent-wash hover:bg-accent-wash',
    )}
  >
    <ChatPicture chat={chat} className="size-10" />
    <span className="min-w-0 flex-1">
      <span className="flex items-baseline justify-between gap-2">
        <span className="truncate font-medium">
          <ChatTitle chat={chat} />
        </span>
        {chat.lastActivityAt && <When at={chat.lastActivityAt} />}
      </span>
      <span className="mt-0.5 flex items-center justify-between gap-2 text-[0.8125rem] text-ink-soft">
        <Preview chat={chat} chosen={chosen} />
        <Marks chat={chat} />
      </span>
    </span>
  </button>
);

export const ChatPicture = ({ chat, className }: { chat: Chat; className?: string }) => (
  <Avatar of={portrayedIn(chat)} name={chat.title} className={className}>
    {chat.kind === 'group' && <GroupSign className={className} />}
  </Avatar>
);

function Marks({ chat }: { chat: Chat }) {
  const t = useTranslations('messages.chat');
  const muted = isMuted(chat, useNow('half-minute'));
  const icon = 'size-3.5 shrink-0';
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      {chat.blocked && <Ban className={icon} role="img" aria-label={t('blocked')} />}
      {muted && <BellOff className={icon} role="img" aria-label={t('muted')} />}
      {chat.pinnedAt && <Pin className={icon} role="img" aria-label={t('pinned')} />}
      {chat.unread > 0 && <Unread count={chat.unread} />}
      {chat.unread === 0 && chat.markedUnread && (
        <span role="img" aria-label={t('markedUnread')} className="size-2.5 rounded-full bg-accent" />
      )}
    </span>
  );
}

function Unread({ count }: { count: number }) {
  const t = useTranslations('messages');
  return (
    <span className="tabular grid h-5 min-w-5 shrink-0 place-items-center rounded-full bg-accent px-1.5 text-xs font-semibold text-accent-ink">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('unread', { count })}</span>
    </span>
  );
}

function Preview({ chat, chosen }: Pick<ChatRowProps, 'chat' | 'chosen'>) {
  const t = useTranslations('messages');
  const draft = useDraft(chat.id);
  if (chosen || draft === '') return <LastMessage message={chat.lastMessage} isGroup={chat.kind === 'group'} />;
  return (
    <span dir="auto" className="truncate">
      <span className="text-accent">{t('draft')}</span> {draft}
    </span>
  );
}

function LastMessage({ message, isGroup }: { message: Message | null; isGroup: boolean }) {
  const t = useTranslations('messages');
  const preview = usePreview();
  if (!message) return <span className="truncate">{t('noMessages')}</span>;
  const text = preview(message.content);
  const who = isGroup && message.direction === 'in' ? message.sender?.name : null;
  return (
    <span className="flex min-w-0 items-center gap-1">
      {message.direction === 'out' && <Ticks message={message} quiet />}
      <span dir="auto" className="truncate">
        {who ? t('previewBy', { who, text }) : text}
      </span>
    </span>
  );
}

/** The time today, the weekday this week, else the date. */
export function When({ at }: { at: string }) {
  const t = useTranslations('time');
  const format = useFormatter();
  const kind = dayKind(at, useNow('half-minute'));
  const date = new Date(at);
  const text = {
    today: () => format.dateTime(date, { timeStyle: 'short' }),
    yesterday: () => t('yesterday'),
    week: () => format.dateTime(date, { weekday: 'short' }),
    older: () => format.dateTime(date, { dateStyle: 'short' }),
  }[kind]();
  return (
    <time dateTime={at} className="tabular shrink-0 text-xs text-ink-soft">
      {text}
    </time>
  );
}
