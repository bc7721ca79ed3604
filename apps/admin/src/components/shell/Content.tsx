'use client';

import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { useLiveSnapshot } from '@/lib/live/LiveProvider';

/** The page itself. Its colours fade while the line to the server is down: green must not be believed then. */
export function Content({ children }: { children: ReactNode }) {
  const { state } = useLiveSnapshot();
  return (
    <main
      id="content"
      tabIndex={-1}
      className={cn(
        'flex flex-1 flex-col outline-none transition-[filter]',
        state === 'reconnecting' && 'saturate-[0.15]',
      )}
    >
      {children}
    </main>
  );
}
