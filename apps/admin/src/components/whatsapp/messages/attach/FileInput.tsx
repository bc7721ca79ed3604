'use client';

import type { Ref } from 'react';
import { useTranslations } from 'use-intl';
import type { Offered } from './offered';

interface FileInputProps {
  ref: Ref<HTMLInputElement>;
  onOffer: (given: Offered) => void;
}

/** The browser's own dialog for files; what opens it is a button elsewhere. */
export function FileInput({ ref, onOffer }: FileInputProps) {
  const t = useTranslations('files');
  return (
    <input
      ref={ref}
      type="file"
      multiple
      hidden
      aria-label={t('choose')}
      onChange={({ target }) => {
        onOffer({ files: [...(target.files ?? [])], folders: 0 });
        // So that the same file can be chosen again.
        target.value = '';
      }}
    />
  );
}
