'use client';

import type { Message } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { useConversation } from './conversation';

/** Under the bubble; a press on one gives it too, or takes the own one back. */
export function Reactions({ message }: { message: Message }) {
  const t = useTranslations('messages');
  const { send } = useConversation();
  const { reactions, direction, id } = message;
  if (reactions.length === 0) return null;
  return (
    <ul
      aria-label={t('reactions')}
      className={cn('absolute -bottom-4 flex gap-1', direction === 'out' ? 'end-2' : 'start-2')}
    >
      {reactions.map(({ emoji, by }) => {
        const mine = by.some(({ personId }) => personId === null);
        const names = by.map(({ personId, name }) => (personId === null ? t('you') : (name ?? t('someone'))));
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={mine}
              title={names.join(', ')}
              onClick={() => send({ kind: 'reaction', emoji: mine ? '' : emoji, messageId: id })}
              className={cn(
                'rounded-full border bg-surface px-1.5 py-0.5 text-xs shadow-card hover:bg-sunken',
                mine && 'border-accent',
              )}
            >
              {emoji}
              {by.length > 1 && <span className="ms-1">{by.length}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
