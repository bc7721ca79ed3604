'use client';

import type { AccountProfile, Profile } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { ChoosePicture } from './ChoosePicture';
import { PictureDialog } from './PictureDialog';
import { putProfile } from '@/lib/queries/profiles';

/** Whose picture it is, as WhatsApp is told of another one; each answers how it looks then. */
export interface SettablePicture {
  set: (file: File, signal: AbortSignal, onProgress: (loaded: number) => void) => Promise<Profile | AccountProfile>;
  remove: () => Promise<Profile | AccountProfile>;
}

interface PictureButtonsProps {
  of: SettablePicture;
  hasPicture: boolean;
  disabled: boolean;
  className?: string;
}

export function PictureButtons({ of, hasPicture, disabled, className }: PictureButtonsProps) {
  const t = useTranslations('profile');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [file, setFile] = useState<File | null>(null);
  const remove = useMutation({
    mutationFn: () => of.remove(),
    onSuccess: (profile) => {
      putProfile(client, profile);
      toast.success(t('removed'));
    },
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <div className={cn('flex flex-wrap gap-2', className)}>
      <ChoosePicture label={t('choose')} disabled={disabled} onChoose={setFile} />
      {hasPicture && (
        <Button size="small" disabled={disabled} busy={remove.isPending} onClick={() => remove.mutate()}>
          <Trash2 aria-hidden />
          {t('remove')}
        </Button>
      )}
      {file && <PictureDialog of={of} file={file} onClose={() => setFile(null)} />}
    </div>
  );
}
