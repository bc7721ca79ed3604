'use client';

import { type OptOut, consentSchema } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Textarea } from '@/components/ui/textarea';
import { optOuts } from '@/lib/api/opt-outs';
import { useSave } from '@/lib/hooks/useSave';
import { keys } from '@/lib/live/keys';
import { nameOf } from './OptOutTable';

export function ConsentDialog({ optOut, onClose }: { optOut: OptOut | null; onClose: () => void }) {
  const t = useTranslations('optOuts');
  return (
    <Dialog open={optOut !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('consentTitle', { name: optOut ? nameOf(optOut) : '' })} description={t('consentText')}>
        {optOut && <ConsentForm key={optOut.id} id={optOut.id} onDone={onClose} />}
      </DialogContent>
    </Dialog>
  );
}

function ConsentForm({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useTranslations('optOuts');
  const [note, setNote] = useState('');
  const { save, busy, errors } = useConsent(id, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ note });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('proof')} hint={t('proofHint')} error={errors.note ?? errors.form}>
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <FormFooter busy={busy}>{t('consent')}</FormFooter>
    </form>
  );
}

function useConsent(id: string, done: () => void) {
  const t = useTranslations('optOuts');
  const client = useQueryClient();
  return useSave({
    schema: consentSchema,
    fields: ['note'],
    ask: (body: { note: string }) => optOuts.consent(id, body),
    saved: () => client.invalidateQueries({ queryKey: keys.optOutLists }),
    said: t('consented'),
    done,
  });
}
