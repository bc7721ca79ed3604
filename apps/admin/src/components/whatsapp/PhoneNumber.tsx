'use client';

import { cn } from '@/lib/cn';
import { formatPhone } from '@/lib/format/phone';
import { usePhoneLibrary } from '@/lib/hooks/usePhoneLibrary';

/** A number reads from left to right in every language. */
export function PhoneNumber({ value, className }: { value: string; className?: string }) {
  usePhoneLibrary();
  return (
    <bdi dir="ltr" className={cn('tabular whitespace-nowrap', className)}>
      {formatPhone(value)}
    </bdi>
  );
}
