'use client';

import { AlertDialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button';
import { RememberOpener, useFocusBack } from './focus-back';
import { veil } from './overlay';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description: ReactNode;
  confirmLabel: ReactNode;
  danger?: boolean;
  busy?: boolean;
  /** A wider question, such as "type the name", that must be answered first. */
  children?: ReactNode;
  confirmDisabled?: boolean;
  onConfirm: () => void;
}

/** Asks before what cannot be undone. It stays open while the answer is carried out, so that a failure is seen. */
export function ConfirmDialog({ open, onOpenChange, title, description, children, ...props }: ConfirmDialogProps) {
  const t = useTranslations('common');
  const { opener, onCloseAutoFocus } = useFocusBack();
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <RememberOpener opener={opener} />
        <Primitive.Overlay className={veil} />
        <Primitive.Content
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-x-0 bottom-0 z-50 rounded-t-2xl border bg-surface p-5 shadow-high focus:outline-none data-[state=open]:animate-rise sm:inset-x-auto sm:bottom-auto sm:start-1/2 sm:top-1/2 sm:w-[calc(100vw-2rem)] sm:max-w-md sm:-translate-y-1/2 sm:rounded-2xl sm:p-6 sm:ltr:-translate-x-1/2 sm:rtl:translate-x-1/2"
        >
          <Primitive.Title className="text-base font-semibold tracking-tight">{title}</Primitive.Title>
          <Primitive.Description className="mt-1.5 text-ink-soft">{description}</Primitive.Description>
          {children && <div className="mt-4">{children}</div>}
          <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Primitive.Cancel asChild>
              <Button disabled={props.busy}>{t('cancel')}</Button>
            </Primitive.Cancel>
            <Button
              variant={props.danger ? 'danger' : 'primary'}
              busy={props.busy}
              disabled={props.confirmDisabled}
              onClick={props.onConfirm}
            >
              {props.confirmLabel}
            </Button>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
