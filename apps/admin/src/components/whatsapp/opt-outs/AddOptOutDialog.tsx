'use client';

import type { Network } from '@trunkline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { optOuts } from '@/lib/api/opt-outs';
import type { FieldErrors } from '@/lib/check-form';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { keys } from '@/lib/live/keys';
import { NetworkField } from './NetworkField';

interface AddOptOutDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function AddOptOutDialog({ open, onOpenChange }: AddOptOutDialogProps) {
  const t = useTranslations('optOuts');
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t('addTitle')} description={t('addText')}>
        <AddForm onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AddForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('optOuts');
  const [network, setNetwork] = useState<Network>('whatsapp');
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const { add, errors } = useAdd(onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ network, to, ...(note.trim() && { note }) });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <NetworkField value={network} onChange={setNetwork} />
      <Field label={t('number')} hint={t('numberHint')} error={errors.to ?? errors.form}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            inputMode="tel"
            autoComplete="off"
            maxLength={100}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('note')} hint={t('noteHint')} error={errors.note}>
        {(control) => (
          <Textarea {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      <FormFooter busy={add.isPending} disabled={to.trim() === ''}>
        {t('add')}
      </FormFooter>
    </form>
  );
}

function useAdd(onDone: () => void) {
  const t = useTranslations('optOuts');
  const client = useQueryClient();
  const errorText = useErrorText();
  const [errors, setErrors] = useState<FieldErrors>({});
  const add = useMutation({
    mutationFn: optOuts.add,
    onSuccess: () => {
      toast.success(t('added'));
      onDone();
      return client.invalidateQueries({ queryKey: keys.optOutLists });
    },
    onError: (error) => setErrors(errorText.fields(error, ['to', 'note'])),
  });
  return { add, errors };
}
