'use client';

import { useTheme } from 'next-themes';
import { Direction } from 'radix-ui';
import { Toaster as Primitive } from 'sonner';
import { useTranslations } from 'use-intl';
import { useMediaQuery } from '@/lib/hooks/useMediaQuery';

/**
 * Where toasts appear; `toast` of sonner makes one. They lie where nothing is pressed: at the foot of the navigation, and on
 * a phone under the header.
 */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  const t = useTranslations('common');
  const foot = Direction.useDirection() === 'rtl' ? 'bottom-right' : 'bottom-left';
  const wide = useMediaQuery('(min-width: 48rem)');
  return (
    <Primitive
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position={wide ? foot : 'top-center'}
      mobileOffset={{ top: 64 }}
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
