'use client';

import { type Chat, type ChatChange, DISAPPEARING_SECONDS, MUTED_FOR_EVER } from '@trunkline/contracts';
import { Archive, Ban, Bell, BellOff, EllipsisVertical, MailPlus, Pin, PinOff, Timer } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ConfirmDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import {
  Dropdown,
  DropdownContent,
  DropdownItem,
  DropdownRadioGroup,
  DropdownRadioItem,
  DropdownSeparator,
  DropdownSub,
  DropdownSubContent,
  DropdownSubTrigger,
  DropdownTrigger,
} from '@/components/ui/dropdown';
import { useNow } from '@/lib/hooks/useNow';
import { serverNow } from '@/lib/live/server-time';
import { isMuted } from './muted';
import { useChatChange } from './useChatChange';

const HOUR = 3_600_000;
const MUTES = [
  ['hours', 8 * HOUR],
  ['week', 7 * 24 * HOUR],
] as const;

interface ChatMenuProps {
  chat: Chat;
  /** It was marked as unread: who reads on takes that back. */
  onMarkedUnread: () => void;
}

/** Pin, mute, mark as unread, archive, disappearing messages, block: what can be done with a chat, here and on its phone. */
export function ChatMenu({ chat, onMarkedUnread }: ChatMenuProps) {
  const t = useTranslations('messages.chat');
  const [blocking, setBlocking] = useState(false);
  const { mutate, isPending } = useChatChange(chat, ({ markedUnread }) => markedUnread && onMarkedUnread());
  return (
    <>
      <Dropdown>
        <DropdownTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t('actions')} disabled={isPending}>
            <EllipsisVertical />
          </Button>
        </DropdownTrigger>
        <DropdownContent align="end">
          <DropdownItem onSelect={() => mutate({ pinned: chat.pinnedAt === null })}>
            {chat.pinnedAt ? <PinOff aria-hidden /> : <Pin aria-hidden />}
            {t(chat.pinnedAt ? 'unpin' : 'pin')}
          </DropdownItem>
          <Mute chat={chat} change={mutate} />
          <DropdownItem onSelect={() => mutate({ markedUnread: true })}>
            <MailPlus aria-hidden />
            {t('markUnread')}
          </DropdownItem>
          <DropdownItem onSelect={() => mutate({ archived: !chat.archived })}>
            <Archive aria-hidden />
            {t(chat.archived ? 'unarchive' : 'archive')}
          </DropdownItem>
          <Disappearing chat={chat} change={mutate} />
          {chat.kind === 'person' && (
            <>
              <DropdownSeparator />
              <DropdownItem
                danger={!chat.blocked}
                onSelect={() => (chat.blocked ? mutate({ blocked: false }) : setBlocking(true))}
              >
                <Ban aria-hidden />
                {t(chat.blocked ? 'unblock' : 'block')}
              </DropdownItem>
            </>
          )}
        </DropdownContent>
      </Dropdown>
      <ConfirmDialog
        open={blocking}
        onOpenChange={setBlocking}
        title={t('blockTitle', { name: chat.title })}
        description={t('blockText')}
        confirmLabel={t('block')}
        danger
        onConfirm={() => {
          mutate({ blocked: true });
          setBlocking(false);
        }}
      />
    </>
  );
}

interface PartProps {
  chat: Chat;
  change: (change: ChatChange) => void;
}

function Mute({ chat, change }: PartProps) {
  const t = useTranslations('messages.chat');
  if (isMuted(chat, useNow('half-minute')))
    return (
      <DropdownItem onSelect={() => change({ mutedUntil: null })}>
        <Bell aria-hidden />
        {t('unmute')}
      </DropdownItem>
    );
  const until = (ms: number) => change({ mutedUntil: new Date(ms).toISOString() });
  return (
    <DropdownSub>
      <DropdownSubTrigger>
        <BellOff aria-hidden />
        {t('mute')}
      </DropdownSubTrigger>
      <DropdownSubContent>
        {MUTES.map(([name, ms]) => (
          <DropdownItem key={name} onSelect={() => until(serverNow() + ms)}>
            {t(`muteFor.${name}`)}
          </DropdownItem>
        ))}
        <DropdownItem onSelect={() => until(MUTED_FOR_EVER)}>{t('muteFor.ever')}</DropdownItem>
      </DropdownSubContent>
    </DropdownSub>
  );
}

function Disappearing({ chat, change }: PartProps) {
  const t = useTranslations('messages.chat');
  const now = String(chat.disappearingSeconds ?? 0);
  const choose = (value: string) => {
    const disappearingSeconds = DISAPPEARING_SECONDS.find((seconds) => String(seconds) === value) ?? null;
    if (value !== now) change({ disappearingSeconds });
  };
  return (
    <DropdownSub>
      <DropdownSubTrigger>
        <Timer aria-hidden />
        {t('disappearing')}
      </DropdownSubTrigger>
      <DropdownSubContent>
        <DropdownRadioGroup value={now} onValueChange={choose}>
          {[0, ...DISAPPEARING_SECONDS].map((seconds) => (
            <DropdownRadioItem key={seconds} value={String(seconds)}>
              {t('after', { days: seconds / 86_400 })}
            </DropdownRadioItem>
          ))}
        </DropdownRadioGroup>
      </DropdownSubContent>
    </DropdownSub>
  );
}
