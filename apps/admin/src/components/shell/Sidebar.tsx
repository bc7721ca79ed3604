'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { paths } from '@/lib/navigation';
import { systemQuery } from '@/lib/queries/system';
import { Logo } from './Logo';
import { NavLinks } from './NavLinks';

const Brand = () => (
  <Link
    href={paths.accounts}
    className="flex items-center gap-2.5 rounded-lg text-[0.9375rem] font-semibold tracking-tight"
  >
    <Logo className="size-7" />
    Trunkline
  </Link>
);

export const Sidebar = () => (
  <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col border-e bg-surface md:flex">
    <div className="flex h-14 items-center px-5">
      <Brand />
    </div>
    <div className="flex-1 overflow-y-auto py-3">
      <NavLinks />
    </div>
    <Version />
  </aside>
);

export function Version() {
  const t = useTranslations('nav');
  const { data: system } = useQuery(systemQuery);
  return (
    <p className="h-10 px-6 text-xs text-ink-soft">{system?.version && t('version', { version: system.version })}</p>
  );
}
