'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { useState, type ReactNode } from 'react';
import { Toaster } from '@/components/ui/toast';
import { TooltipProvider } from '@/components/ui/tooltip';
import { IntlRoot } from '@/i18n/IntlRoot';
import type { Locale } from '@/i18n/locales';
import { createQueryClient } from '@/lib/query-client';

interface ProvidersProps {
  locale: Locale;
  nonce: string | undefined;
  children: ReactNode;
}

export function Providers({ locale, nonce, children }: ProvidersProps) {
  const [client] = useState(createQueryClient);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <IntlRoot locale={locale}>
        <QueryClientProvider client={client}>
          <TooltipProvider delayDuration={250}>
            {children}
            <Toaster />
          </TooltipProvider>
        </QueryClientProvider>
      </IntlRoot>
    </ThemeProvider>
  );
}
