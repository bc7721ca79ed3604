'use client';

import type { Message } from '@trunkline/contracts';
import type { ReactNode } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { itemsOf } from '@/lib/live/pages';
import { findMessages } from '@/lib/queries/messages';
import { LoadMore } from '../LoadMore';
import { PhoneNumber } from '../PhoneNumber';
import { When } from './ChatRow';
import { usePreview } from './preview';

interface FoundMessagesProps {
  text: string;
  accountId: string | undefined;
  onOpen: (chatId: string) => void;
  /** Drawn when there is none. */
  none: ReactNode;
}

/** Messages with these words, below the chats that were found. */
export function FoundMessages({ text, accountId, onOpen, none }: FoundMessagesProps) {
  const t = useTranslations('messages');
  const query = useInfiniteQuery(findMessages(text, accountId));
  const found = itemsOf(query.data);
  if (found.length === 0) return query.isLoading ? null : none;
  return (
    <section aria-label={t('foundMessages')} className="max-h-[50%] overflow-y-auto border-t">
      <h3 className="px-4 pt-3 pb-1 text-xs font-semibold text-ink-soft">{t('foundMessages')}</h3>
      <ul>
        {found.map((message) => (
          <Found key={message.id} message={message} onOpen={onOpen} />
        ))}
      </ul>
      <LoadMore query={query} />
    </section>
  );
}

function Found({ message, onOpen }: { message: Message; onOpen: (chatId: string) => void }) {
  const preview = usePreview();
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(message.chatId)}
        className="block w-full px-4 py-2 text-start hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <span className="flex items-baseline justify-between gap-2 text-xs text-ink-soft">
          <span className="truncate">
            <By message={message} />
          </span>
          <When at={message.timestamp} />
        </span>
        <span dir="auto" className="line-clamp-2 break-words">
          {preview(message.content)}
        </span>
      </button>
    </li>
  );
}

function By({ message: { direction, sender } }: { message: Message }) {
  const t = useTranslations('messages');
  if (direction === 'out') return t('you');
  if (sender?.name) return <bdi>{sender.name}</bdi>;
  return sender?.phoneNumber ? <PhoneNumber value={sender.phoneNumber} /> : t('someone');
}
