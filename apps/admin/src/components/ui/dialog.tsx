'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { Button } from './button';
import { RememberOpener, useFocusBack } from './focus-back';
import { veil } from './overlay';

export const Dialog = Primitive.Root;
export const DialogClose = Primitive.Close;

interface DialogContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode;
  description?: ReactNode;
}

/** On a phone it lies at the foot of the screen, within reach of the thumb. */
export function DialogContent({ title, description, className, children, ...props }: DialogContentProps) {
  const t = useTranslations('common');
  const { opener, onCloseAutoFocus } = useFocusBack();
  return (
    <Primitive.Portal>
      <RememberOpener opener={opener} />
      <Primitive.Overlay className={veil} />
      <Primitive.Content
        className={cn(
          'fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] overflow-y-auto rounded-t-2xl border bg-surface p-5 shadow-high focus:outline-none data-[state=open]:animate-rise sm:inset-x-auto sm:bottom-auto sm:start-1/2 sm:top-1/2 sm:w-[calc(100vw-2rem)] sm:max-w-md sm:-translate-y-1/2 sm:rounded-2xl sm:p-6 sm:ltr:-translate-x-1/2 sm:rtl:translate-x-1/2',
          className,
        )}
        onCloseAutoFocus={onCloseAutoFocus}
        {...(description ? {} : { 'aria-describedby': undefined })}
        {...props}
      >
        <Primitive.Title className="pe-8 text-base font-semibold tracking-tight">{title}</Primitive.Title>
        {description && <Primitive.Description className="mt-1.5 text-ink-soft">{description}</Primitive.Description>}
        <div className="mt-4">{children}</div>
        <Primitive.Close asChild>
          <Button variant="ghost" size="icon-small" className="absolute end-3 top-3" aria-label={t('close')}>
            <X />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export const DialogFooter = ({ className, ...props }: ComponentProps<'div'>) => (
  <div className={cn('mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end', className)} {...props} />
);
