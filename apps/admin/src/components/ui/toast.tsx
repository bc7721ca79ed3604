'use client';

import { useTheme } from 'next-themes';
import { Toaster as Primitive } from 'sonner';
import { useTranslations } from 'use-intl';

/** Where toasts appear; `toast` of sonner makes one. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  const t = useTranslations('common');
  return (
    <Primitive
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      containerAriaLabel={t('notices')}
      toastOptions={{
        classNames: {
          toast: '!rounded-xl !border-line !bg-surface !text-ink !shadow-high !font-sans',
          description: '!text-ink-soft',
          actionButton: '!bg-accent !text-accent-ink !rounded-md !font-medium',
          success: '[&_[data-icon]]:!text-good-dot',
          error: '[&_[data-icon]]:!text-bad-dot',
        },
      }}
    />
  );
}
