'use client';

import { File as FileIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Draft } from './draft';
import { useObjectUrl } from '@/lib/hooks/useObjectUrl';

/** The file as its reader will see it, as far as the browser can show it; else what stands for a file. */
export function DraftPreview({ draft: { file, kind } }: { draft: Draft }) {
  const t = useTranslations('messages');
  const address = useObjectUrl(file);
  const [broken, setBroken] = useState(false);
  const shown = !broken && address && kind !== 'document' ? kind : null;
  const fails = { onError: () => setBroken(true) };
  return (
    <div className="grid h-64 place-items-center overflow-hidden rounded-xl bg-sunken sm:h-72">
      {(shown === 'image' || shown === 'sticker') && address && (
        <img
          src={address}
          alt={file.name || t('kind.image')}
          className="max-h-full max-w-full object-contain"
          {...fails}
        />
      )}
      {(shown === 'video' || shown === 'gif') && address && (
        <video
          key={shown}
          src={address}
          aria-label={file.name || t(`kind.${shown}`)}
          controls
          loop={shown === 'gif'}
          muted={shown === 'gif'}
          playsInline
          preload="metadata"
          className="max-h-full max-w-full"
          {...fails}
        />
      )}
      {(shown === 'audio' || shown === 'voice') && address && (
        <audio
          src={address}
          aria-label={file.name}
          controls
          preload="metadata"
          className="w-72 max-w-full"
          {...fails}
        />
      )}
      {!shown && <FileIcon className="size-14 text-ink-soft" aria-hidden />}
    </div>
  );
}
