'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { navigation, type NavigationEntry } from '@/lib/navigation';
import { hasRole } from '@/lib/hooks/useMay';
import { meQuery, systemQuery } from '@/lib/queries/system';

/** The same list in the sidebar and in the sheet of a phone; `onNavigate` closes the latter. */
export function NavLinks({ onNavigate }: { onNavigate?: () => void }) {
  const t = useTranslations('nav');
  const { data: system } = useQuery(systemQuery);
  const { data: me } = useQuery(meQuery);
  const shown = ({ sandboxOnly, least }: NavigationEntry) =>
    (!sandboxOnly || system?.networks.sandbox) && (!least || hasRole(me, least));
  return (
    <nav aria-label={t('label')} className="grid gap-6 px-3">
      {navigation.map(({ section, entries }) => (
        <div key={section}>
          <p className="px-3 pb-1.5 text-xs font-medium text-ink-soft">{t(`section.${section}`)}</p>
          <ul className="grid gap-0.5">
            {entries.filter(shown).map((entry) => (
              <li key={entry.page}>
                <NavLink entry={entry} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function NavLink({ entry, onNavigate }: { entry: NavigationEntry; onNavigate?: () => void }) {
  const t = useTranslations('pages');
  const here = usePathname().startsWith(entry.href);
  const Icon = entry.icon;
  return (
    <Link
      href={entry.href}
      onClick={onNavigate}
      aria-current={here ? 'page' : undefined}
      className={cn(
        'flex h-9 items-center gap-3 rounded-lg px-3 font-medium text-ink-soft transition-colors hover:bg-sunken hover:text-ink',
        here && 'bg-accent-wash text-accent hover:bg-accent-wash hover:text-accent',
      )}
    >
      <Icon className="size-4.5" aria-hidden />
      {t(entry.page)}
    </Link>
  );
}
