'use client';

import { RotateCw, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { Button } from './button';

interface ErrorStateProps {
  title: string;
  message: string;
  onRetry?: () => void;
  className?: string;
}

export function ErrorState({ title, message, onRetry, className }: ErrorStateProps) {
  const t = useTranslations('common');
  return (
    <div role="alert" className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-bad-wash text-bad">
        <TriangleAlert className="size-6" aria-hidden />
      </span>
      <h2 className="text-base font-semibold tracking-tight">{title}</h2>
      <p className="mt-1.5 max-w-md text-pretty text-ink-soft">{message}</p>
      {onRetry && (
        <Button className="mt-6" onClick={onRetry}>
          <RotateCw aria-hidden />
          {t('tryAgain')}
        </Button>
      )}
    </div>
  );
}
