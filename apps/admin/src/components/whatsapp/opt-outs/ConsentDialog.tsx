'use client';

import { type OptOut, consentSchema } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Textarea } from '@/components/ui/textarea';
import { optOuts } from '@/lib/api/opt-outs';
import { checkForm, type FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
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
  const { record, errors } = useConsent(id, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    record({ note });
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
      <FormFooter>{t('consent')}</FormFooter>
    </form>
  );
}

function useConsent(id: string, onDone: () => void) {
  const t = useTranslations('optOuts');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const { mutate } = useMutation({
    mutationFn: (body: { note: string }) => optOuts.consent(id, body),
    onSuccess: () => {
      toast.success(t('consented'));
      onDone();
      return client.invalidateQueries({ queryKey: keys.optOutLists });
    },
    onError: (error) => setErrors(errorText.fields(error, ['note'])),
  });
  const record = (body: { note: string }) => {
    const found = checkForm(consentSchema, body);
    setErrors(found);
    if (Object.keys(found).length === 0) mutate(body);
  };
  return { record, errors };
}
