'use client';

import type { Group } from '@trunkline/contracts';
import { Megaphone } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import { Avatar, GroupSign } from '../Avatar';
import { TimeAgo } from '../TimeAgo';
import { GroupAccounts } from './GroupAccounts';

interface GroupTableProps {
  groups: Group[];
  onOpen: (groupId: string) => void;
}

export function GroupTable({ groups, onOpen }: GroupTableProps) {
  const t = useTranslations('groups');
  return (
    <Table>
      <caption className="sr-only">{t('title')}</caption>
      <thead>
        <tr>
          <TableHead>{t('group')}</TableHead>
          <TableHead className="text-end">{t('members')}</TableHead>
          <TableHead className="hidden md:table-cell">{t('accounts')}</TableHead>
          <TableHead className="hidden text-end lg:table-cell">{t('updated')}</TableHead>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <GroupRow key={group.id} group={group} onOpen={onOpen} />
        ))}
      </tbody>
    </Table>
  );
}

/** As the first account that is in it sees it: a group has one picture for all its members. */
function GroupPicture({ group: { id, subject, accounts } }: { group: Group }) {
  const [first] = accounts;
  const className = 'size-9 max-sm:hidden';
  const sign = <GroupSign className={className} />;
  if (!first) return sign;
  return (
    <Avatar of={{ accountId: first.accountId, groupId: id }} name={subject} className={className}>
      {sign}
    </Avatar>
  );
}

function GroupRow({ group, onOpen }: { group: Group; onOpen: (groupId: string) => void }) {
  const t = useTranslations('groups');
  return (
    <TableRow className="relative hover:bg-sunken/60">
      <TableCell className="max-w-0 md:max-w-80">
        <div className="flex items-center gap-3">
          <GroupPicture group={group} />
          <div className="min-w-0">
            <div className="flex items-center gap-2">
              <button
                type="button"
                onClick={() => onOpen(group.id)}
                className="truncate rounded-sm text-start font-medium after:absolute after:inset-0"
              >
                <bdi>{group.subject || t('untitled')}</bdi>
              </button>
              {group.announcement && (
                <Badge title={t('announcement')}>
                  <Megaphone aria-hidden />
                  <span className="sr-only">{t('announcement')}</span>
                </Badge>
              )}
            </div>
            {group.description && <p className="truncate text-[0.8125rem] text-ink-soft">{group.description}</p>}
            <div className="mt-1 md:hidden">
              <GroupAccounts accounts={group.accounts} />
            </div>
          </div>
        </div>
      </TableCell>
      <TableCell className="tabular w-px whitespace-nowrap text-end">
        {t('count', { count: group.participantCount })}
      </TableCell>
      <TableCell className="hidden md:table-cell">
        <GroupAccounts accounts={group.accounts} />
      </TableCell>
      <TableCell className="hidden whitespace-nowrap text-end text-[0.8125rem] text-ink-soft lg:table-cell">
        <TimeAgo value={group.updatedAt} />
      </TableCell>
    </TableRow>
  );
}
