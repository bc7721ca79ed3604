'use client';

import type { Account, Chat } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Initials } from '@/components/shell/Initials';
import { Button } from '@/components/ui/button';
import { paths } from '@/lib/navigation';
import { portrayedIn, readProfile } from '@/lib/queries/profiles';
import { PhoneNumber } from '../PhoneNumber';
import { ConnectionDot } from '../StatusBadge';
import { TimeAgo } from '../TimeAgo';
import { ChatMenu } from './ChatMenu';
import { ChatPicture } from './ChatRow';
import { ChatTitle } from './ChatTitle';
import type { Thread } from './thread';
import { usePassing } from './usePassing';

interface ConversationHeaderProps {
  thread: Thread;
  account: Account | undefined;
  onClose: () => void;
}

export function ConversationHeader({ thread, account, onClose }: ConversationHeaderProps) {
  const t = useTranslations('messages');
  const { chat } = thread;
  const { typing, presence } = usePassing(chat?.id ?? null);
  const doing = t(typing?.doing === 'recording' ? 'doing.recording' : 'doing.typing');
  return (
    <div className="flex h-16 shrink-0 items-center gap-2 border-b bg-surface px-3 md:gap-3 md:px-5">
      <Button variant="ghost" size="icon" className="md:hidden" aria-label={t('backToChats')} onClick={onClose}>
        <ArrowLeft className="rtl:-scale-x-100" />
      </Button>
      {chat ? <ChatPicture chat={chat} className="size-9" /> : <Initials name="+" className="size-9" />}
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-semibold tracking-tight">
          {chat ? <ChatTitle chat={chat} /> : <Address to={thread.to ?? ''} />}
        </h2>
        <p className="truncate text-[0.8125rem] text-ink-soft" aria-live="polite">
          {typing ? (
            <span className="text-accent">
              {chat?.kind === 'group' && typing.name ? t('doingBy', { who: typing.name, doing }) : doing}
            </span>
          ) : (
            <>
              {!chat && t('newChat')}
              {chat?.kind === 'group' && t('group')}
              {chat?.phoneNumber && chat.title !== chat.phoneNumber && (
                // A box of its own, so that from right to left it is its end that is left out, too.
                <PhoneNumber value={chat.phoneNumber} className="inline-block max-w-full truncate align-bottom" />
              )}
              {presence && <Presence presence={presence} />}
              {chat?.kind === 'person' && <About chat={chat} />}
            </>
          )}
        </p>
      </div>
      {chat && (
        <May least="operator">
          <ChatMenu chat={chat} onMarkedUnread={onClose} />
        </May>
      )}
      {account && (
        <Link
          href={paths.account(account.id)}
          className="flex min-w-0 max-w-40 flex-col items-end rounded-sm text-[0.8125rem]"
        >
          <span className="max-w-full truncate font-medium">{account.name}</span>
          <ConnectionDot connection={account.state.connection} />
        </Link>
      )}
    </div>
  );
}

function Presence({
  presence: { online, lastSeenAt },
}: {
  presence: NonNullable<ReturnType<typeof usePassing>['presence']>;
}) {
  const t = useTranslations('messages');
  if (online) return <span className="ms-2 text-accent">{t('online')}</span>;
  if (!lastSeenAt) return null;
  return (
    <span className="ms-2">
      {t('lastSeen')} <TimeAgo value={lastSeenAt} />
    </span>
  );
}

/** What they say about themselves; nothing while that is not known. */
function About({ chat }: { chat: Chat }) {
  const { data: profile } = useQuery(readProfile(portrayedIn(chat)));
  if (!profile?.about) return null;
  return (
    <bdi className="ms-2" title={profile.about}>
      {profile.about}
    </bdi>
  );
}

const Address = ({ to }: { to: string }) => (to.includes('@') ? <bdi>{to}</bdi> : <PhoneNumber value={to} />);
