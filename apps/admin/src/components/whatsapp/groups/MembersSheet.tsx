'use client';

import type { Group, Participant } from '@trunkline/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Initials } from '@/components/shell/Initials';
import { Badge } from '@/components/ui/badge';
import { Sheet, SheetContent } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { itemsOf } from '@/lib/live/pages';
import { listParticipants } from '@/lib/queries/groups';
import { AvatarInSight } from '../Avatar';
import { LoadMore } from '../LoadMore';
import { PhoneNumber } from '../PhoneNumber';
import { QueryFailed } from '../QueryFailed';
import { GroupPicture } from './GroupPicture';

interface MembersSheetProps {
  groupId: string | null;
  /** Undefined while the list is not loaded as far. */
  group: Group | undefined;
  onClose: () => void;
}

export function MembersSheet({ groupId, group, onClose }: MembersSheetProps) {
  const t = useTranslations('groups');
  return (
    <Sheet open={groupId !== null} onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={group?.subject || t('members')}
        description={group && t('memberCount', { count: group.participantCount })}
      >
        {group && <GroupPicture group={group} />}
        {groupId && <Members groupId={groupId} accountId={group?.accounts[0]?.accountId} />}
      </SheetContent>
    </Sheet>
  );
}

/** `accountId`: as which account they are looked at. */
function Members({ groupId, accountId }: { groupId: string; accountId: string | undefined }) {
  const t = useTranslations('groups');
  const query = useInfiniteQuery(listParticipants(groupId));
  if (query.isPending) return <MembersSkeleton />;
  if (query.isError && !query.data) return <QueryFailed error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="flex-1 overflow-y-auto px-2 py-2" tabIndex={0} role="region" aria-label={t('members')}>
      <ul>
        {itemsOf(query.data).map((participant) => (
          <Member key={participant.personId} participant={participant} accountId={accountId} />
        ))}
      </ul>
      <LoadMore query={query} />
    </div>
  );
}

interface MemberProps {
  participant: Participant;
  accountId: string | undefined;
}

function Member({ participant: { personId, name, phoneNumber, role }, accountId }: MemberProps) {
  const t = useTranslations('groups');
  const picture = { name: name ?? '#', className: 'size-9 text-[0.8125rem]' };
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      {accountId ? <AvatarInSight of={{ accountId, personId }} {...picture} /> : <Initials {...picture} />}
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          {name ? <bdi>{name}</bdi> : phoneNumber ? <PhoneNumber value={phoneNumber} /> : t('hidden')}
        </p>
        {name && (
          <p className="text-[0.8125rem] text-ink-soft">
            {phoneNumber ? <PhoneNumber value={phoneNumber} /> : t('numberHidden')}
          </p>
        )}
      </div>
      {role !== 'member' && <Badge tone="note">{t(`role.${role}`)}</Badge>}
    </li>
  );
}

function MembersSkeleton() {
  const t = useTranslations('common');
  return (
    <div role="status" aria-label={t('loading')} className="grid gap-4 p-5">
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex items-center gap-3">
          <Skeleton className="size-9 rounded-full" />
          <Skeleton className="h-4 w-40" />
        </div>
      ))}
    </div>
  );
}
