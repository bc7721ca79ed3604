'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { cn } from '@/lib/cn';
import { formatPhone, loadPhoneLibrary, phoneLibraryIsHere, watchPhoneLibrary } from '@/lib/format/phone';

/** A number reads from left to right in every language. */
export function PhoneNumber({ value, className }: { value: string; className?: string }) {
  usePhoneLibrary();
  return (
    <bdi dir="ltr" className={cn('tabular whitespace-nowrap', className)}>
      {formatPhone(value)}
    </bdi>
  );
}

/** Draws again when numbers can be formatted. */
export function usePhoneLibrary(): boolean {
  const here = useSyncExternalStore(watchPhoneLibrary, phoneLibraryIsHere, () => false);
  useEffect(() => void loadPhoneLibrary(), []);
  return here;
}
