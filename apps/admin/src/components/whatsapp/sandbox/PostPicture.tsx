'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ChoosePicture } from '@/components/whatsapp/picture/ChoosePicture';
import type { PostInChannel } from '@/lib/api/sandbox-types';
import { wholeJpeg } from './square-jpeg';

interface PostPictureProps {
  file: File | null;
  onChoose: (file: File | null) => void;
}

/** What a post shows, beside what it says. */
export function PostPicture({ file, onChoose }: PostPictureProps) {
  const t = useTranslations('sandbox.posts');
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ChoosePicture label={t('picture')} onChoose={onChoose} />
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
