'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { onSessionLost } from '@/lib/api/session-lost';
import { paths } from '@/lib/navigation';

/** When the session is over, shows nothing more of it and goes to sign-in, which remembers the way back. */
export function SessionGuard({ children }: { children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const [lost, setLost] = useState(false);
  useEffect(
    () =>
      onSessionLost(() => {
        setLost(true);
        const next = `${pathname}${window.location.search}`;
        router.replace(`${paths.signIn}?next=${encodeURIComponent(next)}`);
      }),
    [router, pathname],
  );
  return lost ? null : children;
}
