'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { DialogClose, DialogFooter } from './dialog';

interface FormFooterProps {
  /** What the button that submits says. */
  children: ReactNode;
  busy?: boolean;
  disabled?: boolean;
  /** What is wrong with the form as a whole. */
  error?: string | undefined;
}

/** How a form in a dialog ends: left as it is, or submitted. */
export function FormFooter({ children, busy = false, disabled = false, error }: FormFooterProps) {
  const t = useTranslations('common');
  return (
    <>
      {error && (
        <p role="alert" className="text-[0.8125rem] text-bad">
          {error}
        </p>
      )}
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={busy} disabled={disabled}>
          {children}
        </Button>
      </DialogFooter>
    </>
  );
}
