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
}

/** How a form in a dialog ends: left as it is, or submitted. */
export function FormFooter({ children, busy = false, disabled = false }: FormFooterProps) {
  const t = useTranslations('common');
  return (
    <DialogFooter>
      <DialogClose asChild>
        <Button>{t('cancel')}</Button>
      </DialogClose>
      <Button type="submit" variant="primary" busy={busy} disabled={disabled}>
        {children}
      </Button>
    </DialogFooter>
  );
}
