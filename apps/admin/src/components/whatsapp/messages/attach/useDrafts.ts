'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { randomId } from '@/lib/random-id';
import { type Draft, kindsOf } from './draft';
import type { Offered } from './offered';

/** WhatsApp's apps send so many at once. */
const MOST = 30;

const draftOf = (file: File): Draft => ({
  id: randomId(),
  file,
  kind: kindsOf(file)[0] ?? null,
  caption: '',
  viewOnce: false,
});

/** Files that were chosen, dropped or pasted, until they are sent or put away. */
export function useDrafts() {
  const t = useTranslations('files');
  const [drafts, setDrafts] = useState<Draft[]>([]);
  const offer = ({ files, folders }: Offered) => {
    if (folders > 0) toast.error(t('noFolders'));
    if (drafts.length + files.length > MOST) toast.error(t('tooMany', { count: MOST }));
    setDrafts((held) => [...held, ...files.map(draftOf)].slice(0, MOST));
  };
  const change = (id: string, part: Partial<Draft>) =>
    setDrafts((held) => held.map((draft) => (draft.id === id ? { ...draft, ...part } : draft)));
  const remove = (id: string) => setDrafts((held) => held.filter((draft) => draft.id !== id));
  return { drafts, offer, change, remove, clear: () => setDrafts([]) };
}
