'use client';

import type { Account } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { readProfile } from '@/lib/queries/profiles';
import { Avatar } from '../../Avatar';
import { QueryFailed } from '../../QueryFailed';
import { PictureButtons } from './PictureButtons';
import { ProfileForm } from './ProfileForm';

/** What people see of the account at WhatsApp. It can be changed while the account is connected. */
export function ProfileCard({ account }: { account: Account }) {
  const t = useTranslations('profile');
  const query = useQuery(readProfile({ accountId: account.id }));
  const [open, setOpen] = useState(false);
  const connected = account.state.connection === 'connected';
  const profile = query.data;
  return (
    <Card aria-labelledby="profile-title">
      <CardHeader>
        <CardTitle id="profile-title">{t('title')}</CardTitle>
        <May least="operator">
          <Button size="small" disabled={!profile || !connected} onClick={() => setOpen(true)}>
            {t('change')}
          </Button>
        </May>
      </CardHeader>
      <CardBody>
        {query.isPending && <Skeleton className="h-20 w-full" />}
        {query.isError && !profile && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {profile && (
          <>
            <div className="flex items-center gap-4">
              <Avatar
                of={{ accountId: account.id }}
                name={account.pushName ?? account.name}
                className="size-20 text-2xl"
              />
              <div className="min-w-0 flex-1">
                <p dir="auto" className="truncate font-medium">
                  {account.pushName ?? <span className="text-ink-soft">{t('noName')}</span>}
                </p>
                <p dir="auto" className="mt-0.5 line-clamp-3 break-words text-[0.8125rem] text-ink-soft">
                  {profile.about || t(profile.about === null ? 'unknown' : 'noAbout')}
                </p>
              </div>
            </div>
            <May least="operator">
              <PictureButtons account={account} hasPicture={profile.pictureUrl !== null} disabled={!connected} />
              {!connected && <p className="mt-3 text-[0.8125rem] text-ink-soft">{t('offline')}</p>}
            </May>
          </>
        )}
      </CardBody>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent title={t('title')} description={t('text')}>
          {profile && <ProfileForm account={account} about={profile.about ?? ''} done={() => setOpen(false)} />}
        </DialogContent>
      </Dialog>
    </Card>
  );
}
