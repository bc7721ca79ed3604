'use client';

import type { Chat } from '@trunkline/contracts';
import { Ban } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { useChatChange } from './useChatChange';

/** Nothing passes either way, and what is written here fails. */
export function Blocked({ chat }: { chat: Chat }) {
  const t = useTranslations('messages.chat');
  const { mutate, isPending } = useChatChange(chat);
  if (!chat.blocked) return null;
  return (
    <div
      role="status"
      className="flex items-center gap-3 border-t bg-sunken px-4 py-2.5 text-[0.8125rem] text-ink-soft"
    >
      <Ban className="size-4 shrink-0" aria-hidden />
      <p className="flex-1 text-pretty">{t('blockedHint')}</p>
      <May least="operator">
        <Button size="small" disabled={isPending} onClick={() => mutate({ blocked: false })}>
          {t('unblock')}
        </Button>
      </May>
    </div>
  );
}
