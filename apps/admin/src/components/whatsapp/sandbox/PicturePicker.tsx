'use client';

import { ImagePlus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { squareJpeg } from './square-jpeg';
import { useSandboxAct } from './useSandboxAct';

interface PicturePickerProps {
  /** Whose it is, for who hears the buttons and does not see where they stand. */
  name: string;
  hasPicture: boolean;
  /** A JPEG in base64; null takes it away. */
  put: (jpeg: string | null) => Promise<unknown>;
}

export function PicturePicker({ name, hasPicture, put }: PicturePickerProps) {
  const t = useTranslations('sandbox');
  const input = useRef<HTMLInputElement>(null);
  const act = useSandboxAct(async (file: File | null) => put(file && (await squareJpeg(file))), {
    done: t('profile.done'),
  });
  return (
    <span className="flex flex-wrap gap-2">
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('profile.choose', { name })}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) act.mutate(file);
        }}
      />
      <Button
        size="small"
        busy={act.isPending}
        aria-label={t('profile.choose', { name })}
        onClick={() => input.current?.click()}
      >
        <ImagePlus aria-hidden />
        {t('profile.picture')}
      </Button>
      {hasPicture && (
        <Button
          size="small"
          disabled={act.isPending}
          aria-label={t('profile.remove', { name })}
          onClick={() => act.mutate(null)}
        >
          <Trash2 aria-hidden />
        </Button>
      )}
    </span>
  );
}
