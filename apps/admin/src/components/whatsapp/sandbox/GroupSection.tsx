'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { sandboxGroupsQuery } from '@/lib/queries/sandbox';
import { sandboxGroups } from '@/lib/api/sandbox';
import { CreateGroupDialog } from './CreateGroupDialog';
import { PicturePicker } from './PicturePicker';
import type { Who } from './who';

export function GroupSection({ everybody }: { everybody: Who[] }) {
  const t = useTranslations('sandbox');
  const { data: groups = [] } = useQuery(sandboxGroupsQuery);
  const [creating, setCreating] = useState(false);
  return (
    <section aria-label={t('groups.many')}>
      <div className="flex items-center justify-between ps-2">
        <h2 className="text-xs font-medium text-ink-soft">{t('groups.many')}</h2>
        <Button
          variant="ghost"
          size="small"
          className="px-2"
          disabled={everybody.length < 2}
          onClick={() => setCreating(true)}
        >
          <Plus aria-hidden />
          {t('groups.add')}
        </Button>
      </div>
      {groups.length === 0 && <p className="px-2 pb-2 text-[0.8125rem] text-ink-soft">{t('groups.none')}</p>}
      <ul>
        {groups.map(({ id, subject, participants, picture }) => (
          <li key={id} className="grid gap-1 px-2 py-1.5">
            <span className="flex justify-between gap-3">
              <span className="truncate font-medium">{subject}</span>
              <span className="shrink-0 text-[0.8125rem] text-ink-soft">
                {t('groups.members', { count: participants.length })}
              </span>
            </span>
            <PicturePicker
              name={subject}
              hasPicture={picture !== null}
              put={(jpeg) => sandboxGroups.change(id, { picture: jpeg })}
            />
          </li>
        ))}
      </ul>
      <CreateGroupDialog everybody={everybody} open={creating} onOpenChange={setCreating} />
    </section>
  );
}
