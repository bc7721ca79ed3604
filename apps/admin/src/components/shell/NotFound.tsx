'use client';

import { MapPinOff } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { paths } from '@/lib/navigation';

export function NotFound() {
  const t = useTranslations('notFound');
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={MapPinOff}
        heading="h1"
        title={t('title')}
        actions={
          <Button asChild>
            <Link href={paths.accounts}>{t('home')}</Link>
          </Button>
        }
      >
        {t('text')}
      </EmptyState>
    </main>
  );
}
