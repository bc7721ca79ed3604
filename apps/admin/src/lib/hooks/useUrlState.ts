'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

type Changes = Record<string, string | null>;

/**
 * What the page shows is in its address, so that it can be linked and Back works. Null and empty leave a name out.
 * The router hears of `history` by itself; no request is made.
 */
export function useUrlState() {
  const params = useSearchParams();
  const pathname = usePathname();
  const set = useCallback(
    (changes: Changes, { push = false }: { push?: boolean } = {}) => {
      const next = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const address = next.size > 0 ? `${pathname}?${next.toString()}` : pathname;
      window.history[push ? 'pushState' : 'replaceState'](null, '', address);
    },
    [pathname],
  );
  return { get: (name: string): string | undefined => params.get(name) ?? undefined, set };
}
