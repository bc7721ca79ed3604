'use client';

import type { Account } from '@trunkline/contracts';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { Textarea } from '@/components/ui/textarea';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { useMay } from '@/lib/hooks/useMay';
import { usePatch } from './usePatch';

/** What people note about the account. A draft stays until it is saved or taken back, whatever arrives meanwhile. */
export function NotesCard({ account }: { account: Account }) {
  const t = useTranslations('notes');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const patch = usePatch(account.id);
  const mayWrite = useMay('operator');
  const [draft, setDraft] = useState<string | null>(null);
  const save = () =>
    patch.mutate(
      { notes: draft?.trim() || null },
      { onSuccess: () => setDraft(null), onError: (error) => void toast.error(errorText(error)) },
    );
  return (
    <Card>
      <CardHeader>
        <CardTitle id="notes-title">{t('title')}</CardTitle>
      </CardHeader>
      <CardBody>
        <Textarea
          aria-labelledby="notes-title"
          placeholder={t('placeholder')}
          maxLength={2000}
          readOnly={!mayWrite}
          value={draft ?? account.notes ?? ''}
          onChange={(event) => setDraft(event.target.value)}
        />
        {draft !== null && (
          <div className="mt-3 flex justify-end gap-2">
            <Button size="small" onClick={() => setDraft(null)}>
              {common('cancel')}
            </Button>
            <Button size="small" variant="primary" busy={patch.isPending} onClick={save}>
              {common('save')}
            </Button>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
