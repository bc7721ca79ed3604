'use client';

import { useQuery } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dropdown, DropdownContent, DropdownItem, DropdownSeparator, DropdownTrigger } from '@/components/ui/dropdown';
import { Skeleton } from '@/components/ui/skeleton';
import { signOut } from '@/lib/api/session';
import { forgetDrafts } from '@/lib/drafts';
import { paths } from '@/lib/navigation';
import { meQuery } from '@/lib/queries/system';
import { Initials } from './Initials';

export function UserMenu() {
  const t = useTranslations('user');
  const { data: me } = useQuery(meQuery);
  const leave = useSignOut();
  if (!me) return <Skeleton className="size-9 rounded-full" />;
  return (
    <Dropdown>
      <DropdownTrigger asChild>
        <Button variant="ghost" size="icon" className="rounded-full" aria-label={t('menu', { name: me.name })}>
          <Initials name={me.name} className="size-7 text-xs" />
        </Button>
      </DropdownTrigger>
      <DropdownContent align="end" className="min-w-56">
        <div className="px-2.5 py-2">
          <p className="truncate font-medium">{me.name}</p>
          {me.email && <p className="truncate text-[0.8125rem] text-ink-soft">{me.email}</p>}
          <p className="mt-1 text-xs text-ink-soft">{t(`role.${me.role}`)}</p>
        </div>
        <DropdownSeparator />
        <DropdownItem onSelect={leave}>
          <LogOut className="rtl:-scale-x-100" aria-hidden />
          {t('signOut')}
        </DropdownItem>
      </DropdownContent>
    </Dropdown>
  );
}

function useSignOut() {
  const t = useTranslations('user');
  const router = useRouter();
  return () =>
    signOut().then(
      () => {
        forgetDrafts();
        router.replace(paths.signIn);
      },
      () => toast.error(t('signOutFailed')),
    );
}
