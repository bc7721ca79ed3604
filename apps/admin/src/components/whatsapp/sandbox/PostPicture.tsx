'use client';

import { ImagePlus, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import type { PostInChannel } from '@/lib/api/sandbox-types';
import { wholeJpeg } from './square-jpeg';

interface PostPictureProps {
  file: File | null;
  onChoose: (file: File | null) => void;
}

/** What a post shows, beside what it says. */
export function PostPicture({ file, onChoose }: PostPictureProps) {
  const t = useTranslations('sandbox.posts');
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('picture')}
        onChange={(event) => {
          onChoose(event.target.files?.[0] ?? null);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <Button size="small" onClick={() => input.current?.click()}>
        <ImagePlus aria-hidden />
        {t('picture')}
      </Button>
      {file && (
        <>
          <bdi className="min-w-0 truncate text-[0.8125rem] text-ink-soft">{file.name}</bdi>
          <Button variant="ghost" size="small" aria-label={t('noPicture')} onClick={() => onChoose(null)}>
            <X aria-hidden />
          </Button>
        </>
      )}
    </span>
  );
}

/** Rejects for a picture that the browser cannot draw. */
export async function posted(text: string, picture: File | null): Promise<PostInChannel> {
  if (!picture) return { text };
  const data = await wholeJpeg(picture);
  return { file: { kind: 'image', mime: 'image/jpeg', data, repeat: 1, ...(text && { caption: text }) } };
}
