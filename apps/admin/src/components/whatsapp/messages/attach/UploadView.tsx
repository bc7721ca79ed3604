'use client';

import { hasMedia, type SendContent } from '@trunkline/contracts';
import { File as FileIcon, Mic, Music, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { useSizeText } from '@/lib/format/size';
import type { Upload } from '@/lib/upload/upload';
import { useUpload } from '@/lib/upload/useUpload';

interface UploadViewProps {
  upload: Upload;
  content: SendContent;
  /** It is tried no more, until a person says so. */
  stopped: boolean;
  onCancel: () => void;
}

/** A file that is on its way to the server: what it is, how far it is, and a way to stop it. */
export function UploadView({ upload, content, stopped, onCancel }: UploadViewProps) {
  const t = useTranslations('files');
  const caption = 'caption' in content ? content.caption : undefined;
  return (
    <div className="grid w-64 max-w-full gap-1.5 py-1" data-upload={upload.file.name}>
      <Picture upload={upload} content={content} />
      {!stopped && (
        <div className="flex items-center gap-2">
          <Progress upload={upload} />
          <Button variant="ghost" size="icon-small" aria-label={t('cancel')} onClick={onCancel}>
            <X />
          </Button>
        </div>
      )}
      {caption && (
        <p className="break-words whitespace-pre-wrap" dir="auto">
          {caption}
        </p>
      )}
    </div>
  );
}

function Picture({ upload, content }: Pick<UploadViewProps, 'upload' | 'content'>) {
  const t = useTranslations('messages');
  const [broken, setBroken] = useState(false);
  const kind = hasMedia(content) ? content.kind : 'document';
  const shown = { className: 'h-44 w-full rounded-xl object-cover', onError: () => setBroken(true) };
  const seen = { image: 'img', sticker: 'img', video: 'video', gif: 'video', audio: null, voice: null, document: null }[
    kind
  ];
  if (seen === 'img' && !broken) return <img src={upload.preview} alt="" {...shown} />;
  if (seen === 'video' && !broken) {
    return <video src={upload.preview} muted preload="metadata" tabIndex={-1} aria-hidden {...shown} />;
  }
  const Icon = { voice: Mic, audio: Music }[kind as 'voice'] ?? FileIcon;
  return (
    <p className="flex items-center gap-3 rounded-xl bg-ink/5 p-2.5">
      <Icon className="size-6 shrink-0 text-accent" aria-hidden />
      <bdi className="truncate font-medium">{kind === 'voice' ? t('kind.voice') : upload.file.name}</bdi>
    </p>
  );
}

function Progress({ upload }: { upload: Upload }) {
  const t = useTranslations('files');
  const sizeText = useSizeText();
  const { phase, loaded } = useUpload(upload);
  const { size } = upload.file;
  const text = {
    waiting: () => t('waiting'),
    sending: () => t('progress', { done: sizeText(loaded), all: sizeText(size) }),
    checking: () => t('checking'),
    done: () => t('checking'),
    failed: () => '',
  }[phase]();
  return (
    <div className="min-w-0 flex-1">
      <div
        role="progressbar"
        aria-label={t('upload', { name: upload.file.name })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor((loaded / size) * 100)}
        aria-valuetext={text}
        className="h-1.5 overflow-hidden rounded-full bg-ink/10"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${(loaded / size) * 100}%` }}
        />
      </div>
      <p className="tabular mt-1 truncate text-xs text-ink-soft">{text}</p>
    </div>
  );
}
