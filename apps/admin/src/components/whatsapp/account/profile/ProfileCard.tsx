'use client';

import type { Account, AccountProfile } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { accounts } from '@/lib/api/whatsapp';
import { readProfile } from '@/lib/queries/profiles';
import { Avatar } from '../../Avatar';
import { SettingsCard } from '../SettingsCard';
import { PictureButtons } from '../../picture/PictureButtons';
import { ProfileForm } from './ProfileForm';

/** What people see of the account at WhatsApp. It can be changed while the account is connected. */
export function ProfileCard({ account }: { account: Account }) {
  const query = useQuery(readProfile({ accountId: account.id }));
  const connected = account.state.connection === 'connected';
  return (
    <SettingsCard
      texts="profile"
      query={query}
      locked={!connected}
      form={({ about }, done) => <ProfileForm account={account} about={about ?? ''} done={done} />}
    >
      {(profile) => <ProfileView account={account} profile={profile} connected={connected} />}
    </SettingsCard>
  );
}

interface ProfileViewProps {
  account: Account;
  profile: Pick<AccountProfile, 'about' | 'pictureUrl'>;
  connected: boolean;
}

function ProfileView({ account, profile, connected }: ProfileViewProps) {
  const t = useTranslations('profile');
  return (
    <>
      <div className="flex items-center gap-4">
        <Avatar of={{ accountId: account.id }} name={account.pushName ?? account.name} className="size-20 text-2xl" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            <bdi>{account.pushName ?? <span className="text-ink-soft">{t('noName')}</span>}</bdi>
          </p>
          <p className="mt-0.5 line-clamp-3 break-words text-[0.8125rem] text-ink-soft">
            <bdi>{profile.about || t(profile.about === null ? 'unknown' : 'noAbout')}</bdi>
          </p>
        </div>
      </div>
      <May least="operator">
        <PictureButtons
          className="mt-4"
          of={{
            set: (...file) => accounts.setPicture(account.id, ...file),
            remove: () => accounts.removePicture(account.id),
          }}
          hasPicture={profile.pictureUrl !== null}
          disabled={!connected}
        />
        {!connected && <p className="mt-3 text-[0.8125rem] text-ink-soft">{t('offline')}</p>}
      </May>
    </>
  );
}
