'use client';

import { File as FileIcon, Plus, TriangleAlert, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import type { Draft } from './draft';
import { useObjectUrl } from '@/lib/hooks/useObjectUrl';

interface DraftStripProps {
  drafts: Draft[];
  chosen: string;
  refused: ReadonlySet<string>;
  onChoose: (id: string) => void;
  onRemove: (id: string) => void;
  onAdd: () => void;
}

/** All files that are about to go, to choose the one that is shown and to leave some out. */
export function DraftStrip({ drafts, chosen, refused, onChoose, onRemove, onAdd }: DraftStripProps) {
  const t = useTranslations('files');
  return (
    <ul aria-label={t('files')} className="-mx-2 -my-1 flex gap-2.5 overflow-x-auto p-2">
      {drafts.map((draft) => (
        <li key={draft.id} className="relative shrink-0">
          <button
            type="button"
            aria-pressed={draft.id === chosen}
            aria-label={draft.file.name || t('file')}
            title={draft.file.name}
            onClick={() => onChoose(draft.id)}
            className={cn(
              'grid size-14 place-items-center overflow-hidden rounded-lg border bg-sunken',
              draft.id === chosen && 'ring-2 ring-accent',
            )}
          >
            {refused.has(draft.id) ? (
              <TriangleAlert className="size-5 text-bad" aria-hidden />
            ) : (
              <Thumb draft={draft} />
            )}
          </button>
          <button
            type="button"
            aria-label={t('leaveOut', { name: draft.file.name || t('file') })}
            onClick={() => onRemove(draft.id)}
            className="absolute -end-1.5 -top-1.5 grid size-6 place-items-center rounded-full border bg-surface shadow-card hover:bg-sunken"
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
      <li className="shrink-0">
        <button
          type="button"
          aria-label={t('addMore')}
          onClick={onAdd}
          className="grid size-14 place-items-center rounded-lg border border-dashed border-line-strong text-ink-soft hover:bg-sunken"
        >
          <Plus className="size-5" aria-hidden />
        </button>
      </li>
    </ul>
  );
}

function Thumb({ draft: { file, kind } }: { draft: Draft }) {
  const address = useObjectUrl(file);
  if (address && (kind === 'image' || kind === 'sticker')) {
    return <img src={address} alt="" className="size-full object-cover" />;
  }
  if (address && (kind === 'video' || kind === 'gif')) {
    return (
      <video src={address} muted preload="metadata" className="size-full object-cover" aria-hidden tabIndex={-1} />
    );
  }
  return <FileIcon className="size-5 text-ink-soft" aria-hidden />;
}
