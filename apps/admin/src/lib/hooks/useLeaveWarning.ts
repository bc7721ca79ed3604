'use client';

import { useEffect } from 'react';

/** The browser asks before the page is left while something is under way that would be lost with it. */
export function useLeaveWarning(underWay: boolean): void {
  useEffect(() => {
    if (!underWay) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [underWay]);
}
