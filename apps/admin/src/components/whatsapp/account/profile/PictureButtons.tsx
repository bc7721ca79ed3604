'use client';

import type { Account } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ImagePlus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { accounts } from '@/lib/api/whatsapp';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { PictureDialog } from './PictureDialog';
import { putProfile } from './useProfileChange';

interface PictureButtonsProps {
  account: Account;
  hasPicture: boolean;
  disabled: boolean;
}

export function PictureButtons({ account, hasPicture, disabled }: PictureButtonsProps) {
  const t = useTranslations('profile');
  const client = useQueryClient();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const remove = useMutation({
    mutationFn: () => accounts.removePicture(account.id),
    onSuccess: (profile) => {
      putProfile(client, profile);
      toast.success(t('removed'));
    },
    onError: (error) => void toast.error(errorText(error)),
  });
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('choose')}
        onChange={(event) => {
          setFile(event.target.files?.[0] ?? null);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <Button size="small" disabled={disabled} onClick={() => input.current?.click()}>
        <ImagePlus aria-hidden />
        {t('choose')}
      </Button>
      {hasPicture && (
        <Button size="small" disabled={disabled} busy={remove.isPending} onClick={() => remove.mutate()}>
          <Trash2 aria-hidden />
          {t('remove')}
        </Button>
      )}
      {file && <PictureDialog account={account} file={file} onClose={() => setFile(null)} />}
    </div>
  );
}
