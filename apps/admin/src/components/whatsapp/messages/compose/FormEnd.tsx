'use client';

import { useTranslations } from 'use-intl';
import { FormFooter } from '@/components/ui/form-footer';

export function FormEnd() {
  const t = useTranslations('messages');
  return <FormFooter>{t('send')}</FormFooter>;
}
