'use client';

import { Upload } from 'lucide-react';
import type { ClipboardEvent, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { offered, type Offered } from './offered';
import { useDrop } from './useDrop';

interface DropZoneProps {
  /** Files are taken; else what is pasted or dropped is nobody's. */
  enabled: boolean;
  onOffer: (given: Offered) => void;
  children: ReactNode;
}

/** Takes files that are dropped anywhere on the conversation or pasted within it. */
export function DropZone({ enabled, onOffer, children }: DropZoneProps) {
  const { over, handlers } = useDrop(onOffer);
  const paste = (event: ClipboardEvent) => {
    const given = offered(event.clipboardData);
    // What is copied from a document comes as text and as a picture of it: the text is meant.
    if (given.files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    onOffer(given);
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...(enabled && { ...handlers, onPaste: paste })}>
      {children}
      {over && <DropVeil />}
    </div>
  );
}

/** Lets the pointer through: it must not count as something that is entered. */
function DropVeil() {
  const t = useTranslations('files');
  return (
    <div
      data-testid="drop-veil"
      className="pointer-events-none absolute inset-0 z-30 grid animate-appear place-items-center bg-canvas/90 p-4"
    >
      <div className="grid size-full place-content-center justify-items-center gap-3 rounded-2xl border-2 border-dashed border-accent bg-accent-wash/90">
        <Upload className="size-10 text-accent" aria-hidden />
        <p className="text-base font-semibold">{t('dropHere')}</p>
        <p className="text-[0.8125rem] text-ink-soft">{t('dropHint')}</p>
      </div>
    </div>
  );
}
