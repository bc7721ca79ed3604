'use client';

import type { MediaKind } from '@trunkline/contracts';
import { Eye } from 'lucide-react';
import { useTranslations } from 'use-intl';

/** What is meant to be seen once is not shown in passing: a press opens it. */
export function OnceView({ kind, onOpen }: { kind: MediaKind; onOpen: () => void }) {
  const t = useTranslations('messages');
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex w-56 max-w-full items-center gap-3 rounded-xl bg-ink/5 p-2.5 text-start hover:bg-ink/10"
    >
      <Eye className="size-6 shrink-0 text-accent" aria-hidden />
      <span>
        <span className="block font-medium">{t(`kind.${kind}`)}</span>
        <span className="block text-xs text-ink-soft">{t('media.once')}</span>
      </span>
    </button>
  );
}
