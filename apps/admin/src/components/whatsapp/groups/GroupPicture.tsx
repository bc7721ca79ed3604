'use client';

import type { Group } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { groups } from '@/lib/api/whatsapp';
import { useAllAccounts } from '@/lib/hooks/useAllAccounts';
import { readProfile } from '@/lib/queries/profiles';
import { Avatar, GroupSign } from '../Avatar';
import { PictureButtons } from '../picture/PictureButtons';

/** As the first account in the group sees it: a group has one picture for all of its members. Those who may set another one. */
export function GroupPicture({ group }: { group: Group }) {
  const [first] = group.accounts;
  if (!first) return null;
  return <Portrait group={group} of={{ accountId: first.accountId, groupId: group.id }} />;
}

function Portrait({ group, of }: { group: Group; of: { accountId: string; groupId: string } }) {
  const { data: profile } = useQuery(readProfile(of));
  const why = useWhyNot(group);
  const className = 'size-16';
  return (
    <div className="flex items-center gap-4 border-b px-5 py-4">
      <Avatar of={of} name={group.subject} className={className}>
        <GroupSign className={className} />
      </Avatar>
      <May least="operator">
        <div className="min-w-0">
          <PictureButtons
            of={{
              set: (...file) => groups.setPicture(group.id, ...file),
              remove: () => groups.removePicture(group.id),
            }}
            hasPicture={Boolean(profile?.pictureUrl)}
            disabled={why !== null}
          />
          {why && <p className="mt-2 text-[0.8125rem] text-ink-soft">{why}</p>}
        </div>
      </May>
    </div>
  );
}

/** Null: it can be changed, so far as is known here. */
function useWhyNot({ locked, accounts }: Group): string | null {
  const t = useTranslations('groups');
  const known = useAllAccounts();
  const allowed = accounts.filter(({ role }) => !locked || role !== 'member');
  if (allowed.length === 0) return t('adminsOnly');
  const isConnected = (accountId: string) =>
    known?.find(({ id }) => id === accountId)?.state.connection === 'connected';
  return known && !allowed.some(({ accountId }) => isConnected(accountId)) ? t('offline') : null;
}
