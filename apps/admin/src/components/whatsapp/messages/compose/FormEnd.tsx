'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { DialogClose, DialogFooter } from '@/components/ui/dialog';

export function FormEnd() {
  const t = useTranslations('messages');
  const common = useTranslations('common');
  return (
    <DialogFooter>
      <DialogClose asChild>
        <Button>{common('cancel')}</Button>
      </DialogClose>
      <Button type="submit" variant="primary">
        {t('send')}
      </Button>
    </DialogFooter>
  );
}
