'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { useObjectUrl } from '@/lib/hooks/useObjectUrl';
import { putProfile } from '@/lib/queries/profiles';
import type { SettablePicture } from './PictureButtons';

interface PictureDialogProps {
  of: SettablePicture;
  file: File;
  onClose: () => void;
}

/** The picture as people will see it, before it goes to WhatsApp, and how far it is on its way. Closing it calls it off. */
export function PictureDialog({ of, file, onClose }: PictureDialogProps) {
  const t = useTranslations('profile');
  const common = useTranslations('common');
  const address = useObjectUrl(file);
  const [unreadable, setUnreadable] = useState(false);
  const { set, sent } = useSetPicture(of, file, onClose);
  const errorText = useErrorText();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('pictureTitle')} description={t('pictureText')}>
        <div className="grid justify-items-center gap-4">
          {address && !unreadable && (
            <img
              src={address}
              alt={t('preview')}
              onError={() => setUnreadable(true)}
              className="size-48 rounded-full bg-sunken object-cover"
            />
          )}
          {unreadable && <p className="text-[0.8125rem] text-ink-soft">{t('noPreview')}</p>}
          {set.isPending && <Progress part={sent} />}
          {set.isError && (
            <p role="alert" className="text-[0.8125rem] text-bad">
              {errorText(set.error)}
            </p>
          )}
        </div>
        <DialogFooter>
          <DialogClose asChild>
            <Button>{common('cancel')}</Button>
          </DialogClose>
          <Button variant="primary" busy={set.isPending} onClick={() => set.mutate()}>
            {t('use')}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function useSetPicture(of: SettablePicture, file: File, done: () => void) {
  const t = useTranslations('profile');
  const client = useQueryClient();
  const [sent, setSent] = useState(0);
  const underWay = useRef<AbortController>(null);
  useEffect(() => () => underWay.current?.abort(new DOMException('The dialog was closed', 'AbortError')), []);
  const set = useMutation({
    mutationFn: () => {
      const { signal } = (underWay.current = new AbortController());
      return of.set(file, signal, (loaded) => setSent(loaded / file.size));
    },
    onMutate: () => setSent(0),
    onSuccess: (profile) => {
      putProfile(client, profile);
      toast.success(t('set'));
      done();
    },
  });
  return { set, sent };
}

/** All of it has left before WhatsApp has it: the bar stands at its end while that is asked. */
function Progress({ part }: { part: number }) {
  const t = useTranslations('profile');
  const percent = Math.round(part * 100);
  return (
    <div
      role="progressbar"
      aria-label={t('sending')}
      aria-valuenow={percent}
      className="h-1.5 w-48 overflow-hidden rounded-full bg-sunken"
    >
      <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
    </div>
  );
}
